from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from foundation.errors import Unavailable
from foundation.language import Language
from knowledge.articles import StoredPassage
from knowledge.index import ExactIndex
from knowledge.passage import Passage, Retrieval, Zone
from knowledge.retrieval.recent import Recent, Search
from knowledge.retrieval.retriever import Retriever, Searchable
from knowledge.retrieval.snapshot import Snapshot

DAY = date(2026, 11, 21)
VECTOR = np.full(4, 0.5, dtype=np.float32)
STATE = object()
FOUND = Retrieval("ile dni na zwrot", Language.PL, (), 0.7, Zone.ANSWER, 3)


def search(asked: str = "ile dni", **changes: Any) -> Search:
    return replace(Search(STATE, asked, Language.PL, 6, DAY), **changes)


def test_who_asks_again_gets_the_same_in_their_own_words() -> None:
    recent = Recent()
    assert recent.get(search(), "Ile dni?") is None
    recent.keep(search(), FOUND)
    assert recent.get(search(), "Ile dni?") == replace(FOUND, question="Ile dni?")


def test_no_words_of_shoppers_are_kept() -> None:
    recent = Recent()
    recent.keep(search("mail jan@example.com"), replace(FOUND, question="mail jan@example.com"))
    assert "jan@" not in repr(vars(recent))


@pytest.mark.parametrize(
    "changes",
    [
        {"state": object()},
        {"asked": "ile  dni"},
        {"language": Language.EN},
        {"limit": 7},
        {"explained": 2},
        {"day": DAY + timedelta(days=1)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_anything_that_changes_the_answer_is_another_search(changes: dict[str, Any]) -> None:
    recent = Recent()
    recent.keep(search(), FOUND)
    assert recent.get(replace(search(), **changes), "x") is None


def test_a_new_state_gives_up_what_the_one_before_found() -> None:
    recent = Recent()
    recent.keep(search(), FOUND)
    recent.keep(search(state=object()), FOUND)
    assert len(recent) == 1
    assert recent.get(search(), "x") is None


def test_the_longest_unused_goes_first() -> None:
    recent = Recent(entries=2)
    recent.keep(search("a"), FOUND)
    recent.keep(search("b"), FOUND)
    assert recent.get(search("a"), "a")
    recent.keep(search("c"), FOUND)
    assert [recent.get(search(name), name) is not None for name in "abc"] == [True, False, True]


def test_bytes_are_bounded_too() -> None:
    recent = Recent(size_bytes=5000)
    for number in range(1000):
        recent.keep(search(str(number)), FOUND)
    assert 5 < len(recent) < 50


def test_threads_may_share_it() -> None:
    recent = Recent(entries=20)
    wrong: list[str] = []

    def ask(offset: int) -> None:
        for number in range(offset, offset + 2000):
            asked = str(number % 50)
            found = recent.get(search(asked), asked)
            if found is not None and found.confidence != float(asked):
                wrong.append(asked)
            recent.keep(search(asked), replace(FOUND, confidence=float(asked)))

    threads = [threading.Thread(target=ask, args=(offset,)) for offset in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len(recent) == 20


class CountingEmbedder:
    """Gives every question one vector, and counts."""

    speaks_polish = reads_polish = False
    cosine_range = dict.fromkeys(Language, (0.0, 0.6))

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed_question(self, text: str, language: Language) -> NDArray[np.float32]:
        self.asked.append(text)
        return VECTOR


class Faulty(ExactIndex):
    """An index that can be taken out of reach."""

    out = False

    def search(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        if self.out:
            raise Unavailable("out of reach")
        return super().search(vector, k)


class Shop:
    """A retriever over one passage, whose state and day can be set."""

    def __init__(self) -> None:
        self.embedder, self.index, self.day = CountingEmbedder(), Faulty(), DAY
        text = "Na zwrot masz 14 dni."
        passage = Passage("pl/z#1", "pl/z", 1, "Zwroty", "", text, Language.PL)
        stored = StoredPassage(passage, None, DAY, "", "e", VECTOR)
        self.index.rebuild("e", [stored.key], VECTOR[np.newaxis])
        self.current = Searchable(1, self.embedder, self.index, Snapshot([stored]))
        self.retriever = Retriever(lambda: self.current, lambda: self.day)

    async def ask(self, question: str, limit: int = 6) -> Retrieval:
        return await self.retriever.retrieve(question, language=Language.PL, limit=limit)


async def test_a_question_asked_again_is_not_embedded_again() -> None:
    shop = Shop()
    first = await shop.ask("ile dni na zwrot")
    again = await shop.ask(" ile dni\nna zwrot ")
    assert shop.embedder.asked == ["ile dni na zwrot"]
    assert again == replace(first, question=" ile dni\nna zwrot ")
    assert first.passages


async def test_a_new_state_or_day_is_searched_anew() -> None:
    shop = Shop()
    first = await shop.ask("ile dni na zwrot")
    shop.day += timedelta(days=1)
    assert first.passages
    assert not (await shop.ask("ile dni na zwrot")).passages
    shop.day = DAY
    shop.current = replace(shop.current, state=2, snapshot=Snapshot([]))
    gone = await shop.ask("ile dni na zwrot")
    assert (gone.passages, gone.state) == ((), 2)


async def test_what_words_alone_have_found_is_not_kept() -> None:
    shop = Shop()
    shop.index.out = True
    assert (await shop.ask("ile dni na zwrot")).passages
    shop.index.out = False
    await shop.ask("ile dni na zwrot")
    await shop.ask("ile dni na zwrot")
    assert len(shop.embedder.asked) == 2
