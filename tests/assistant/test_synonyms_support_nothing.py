"""Synonyms find and pick; whether a sentence may be said is decided without them."""

from __future__ import annotations

import pytest

from assistant.evidence import by_id, from_passages
from assistant.extractive import from_articles
from assistant.grounding import check
from assistant.writer import DraftSentence
from foundation.language import Language
from knowledge.analysis.synonyms import bundled
from knowledge.passage import RankedPassage
from tests.assistant.fakes import passage
from tests.test_architecture import imports, modules

REFUND = passage("Pieniądze wracają na konto w 14 dni. Przesyłkę wysyłamy następnego dnia.", id="pl/zwrot#1")
EVIDENCE = by_id(from_passages([RankedPassage(REFUND, 1.0)]))


def reached_from(module: str) -> set[str]:
    """Return every module of ours that a module imports, directly or through others."""
    paths = {path.removesuffix(".py").replace("/", "."): path for path in modules()}
    found: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in paths and name not in found:
            found.add(name)
            waiting += imports(modules()[paths[name]])
    return found


def test_the_verdict_cannot_know_of_synonyms() -> None:
    reached = reached_from("assistant.grounding")
    assert {"assistant.claims", "knowledge.passage"} <= reached
    assert not {
        name
        for name in reached
        if name.startswith(("knowledge.analysis.syn", "knowledge.analysis.bilingual"))
    }
    assert "knowledge.analysis.synonyms" in reached_from("assistant.extractive")


@pytest.mark.parametrize(
    "said",
    [
        "Kasa wraca na konto w terminie.",
        "Rzeczy wysyłamy następnego dnia.",
        "Hajs wraca na konto.",
        "The money comes back to your account.",
    ],
)
def test_a_sentence_in_words_that_stand_for_the_articles_is_not_said(said: str) -> None:
    assert not check(DraftSentence(said, ("pl/zwrot#1",)), EVIDENCE).supported


@pytest.mark.parametrize("asked", ["kiedy wraca kasa na konto", "za ile dni hajs na koncie"])
def test_they_do_find_the_articles_own_sentence(asked: str) -> None:
    drafts = from_articles(asked, tuple(EVIDENCE.values()), Language.PL, bundled())
    assert [draft.text for draft in drafts][:1] == ["Pieniądze wracają na konto w 14 dni."]
    assert all(check(draft, EVIDENCE).supported for draft in drafts)
