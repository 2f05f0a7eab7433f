"""What the demo shop's articles answer, and what they do not, with the real model."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.brief import Brief, Outcome, TurnResult, Utterance
from assistant.extractive import ExtractiveWriter
from assistant.phrases import Phrase, say
from assistant.turn import take_turn
from foundation.language import Language
from knowledge.analysis.language import detect_language
from knowledge.articles import Article, StoredPassage
from knowledge.embedding.embedder import BUNDLED_MODEL, Embedder, folder_for, prepare
from knowledge.passage import Retrieval
from knowledge.reading.readers import read
from knowledge.retrieval.retriever import Retriever, Searchable
from knowledge.retrieval.snapshot import Snapshot
from knowledge.split import embedded_text, split
from tests.assistant.fakes import FakeOrders

ARTICLES = Path(__file__).parents[2] / "server" / "demo" / "articles"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


class ExactIndex:
    """Every vector compared, in memory."""

    def __init__(self, keys: Sequence[str], vectors: NDArray[np.float32]) -> None:
        self._keys, self._vectors = keys, vectors

    def search(self, vector: NDArray[np.float32], k: int) -> list[tuple[str, float]]:
        """Return the nearest keys with their cosines."""
        cosines = self._vectors @ vector
        return [(self._keys[row], float(cosines[row])) for row in np.argsort(-cosines)[:k]]


class Finder:
    """A retriever asked in this thread."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever

    async def retrieve(self, question: str, *, language: Language, limit: int = 6) -> Retrieval:
        """Return what the retriever finds."""
        return self._retriever.search(question, language, limit)


def finder_for(articles: Sequence[Article], embedder: Embedder) -> Finder:
    passages = [(article, passage) for article in articles for passage in split(article, 1)]
    vectors = embedder.embed([embedded_text(passage) for _, passage in passages])
    stored = [
        StoredPassage(passage, article.valid_from, article.valid_until, "", embedder.id, vector)
        for (article, passage), vector in zip(passages, vectors, strict=True)
    ]
    snapshot = Snapshot(stored)
    index = ExactIndex([s.key for s in stored], vectors)
    return Finder(Retriever(lambda: Searchable(1, embedder, index, snapshot), lambda: date(2026, 11, 21)))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def model() -> Embedder:
    folder = folder_for(Path(sys.prefix) / "share" / "okienko" / "models", BUNDLED_MODEL)
    return Embedder.open(prepare(BUNDLED_MODEL, folder))


@pytest.fixture(scope="session")
def articles() -> Sequence[Article]:
    return read([ARTICLES]).articles


@pytest.fixture(scope="session")
def shop(model: Embedder, articles: Sequence[Article]) -> Finder:
    return finder_for(articles, model)


@pytest.fixture(scope="session")
def plain_shop(model: Embedder, articles: Sequence[Article]) -> Finder:
    """The same articles as an owner writes them who lists no alternative phrasings."""
    return finder_for([replace(a, questions=()) for a in articles], model)


async def ask(
    finder: Finder, question: str, history: tuple[Utterance, ...] = (), before: Language | None = None
) -> TurnResult:
    brief = Brief((question,), before or detect_language(question), NOW, history=history)
    return await take_turn(brief, finder=finder, orders=FakeOrders(), writer=ExtractiveWriter())


def leads(result: TurnResult) -> str:
    return result.citations[0].article_id if result.citations else ""


ANSWERED = """
en/darmowa-dostawa | minimum for free shipping
en/karta-podarunkowa | do you sell gift vouchers
en/kody-rabatowe | coupon not working
en/kontakt | opening hours
en/koszt-zwrotu | who pays for return postage
en/kurier | courier didn't find me at home
en/odbior-osobisty | can i pick up in person
en/paczkomat | extend locker time
en/rozmiary-ubran | jacket size chart
en/sposoby-i-koszty-dostawy | shipping price
en/usuniecie-konta | i want to delete my acount
en/wymiana-rozmiaru | shoes too small can i swap
en/zmiana-lub-anulowanie-zamowienia | can i change the size in my order
en/zwrot-prezentow-swiatecznych | return a christmas gift
pl/cookies | jak wylaczyc ciasteczka
pl/dane-osobowe-rodo | rodo
pl/faktura-i-nip | rachunek na firme poprosze
pl/funkcja-odstapienia | formularz odstapienia gdzie
pl/gwarancja-a-reklamacja | czym sie rozni gwarancja od reklamacji
pl/impregnacja | kurtka przemaka co robić
pl/jak-zlozyc-reklamacje | but mi się rozpruł
pl/kody-rabatowe | kod nie wchodzi
pl/kontakt | telefon do was
pl/konto-i-haslo | link do hasła wygasł
pl/kurier | jutro mnie nie ma w domu, kurier
pl/metody-platnosci | czy jest przelewy24
pl/najnizsza-cena-30-dni | o co chodzi z najnizsza cena
pl/newsletter | nie dostałam kodu za zapis
pl/nieudana-platnosc | sciagneło mi dwa razy kase
pl/odstapienie-od-umowy pl/zwrot-30-dni | w ile dni musze oddac
pl/opinie | usunac opinie
pl/paczkomat | jak działają paczkomaty
pl/paragon | nie mam paragonu w paczce
pl/paypo | można na raty?
pl/pranie-welny | jak prac skarpety
pl/punkty-odbioru | orlen ile lezy paczka
pl/rozmiary-ubran | jaki rozmiar kurtki na 180 cm
pl/sposoby-i-koszty-dostawy | najtansza opcja dostawy
pl/termin-odpowiedzi-na-reklamacje | ile trwa reklamacja
pl/wymiana-rozmiaru | za male buty co robic
pl/wysylka-przed-swietami | czy wyslecie przed wigilia
pl/zmiana-lub-anulowanie-zamowienia | chcę zmienić rozmiar w zamówieniu
pl/zwrot-30-dni | dłuższy zwrot jest?
pl/zwrot-pieniedzy | kiedy kasa za zwrot
""".strip().splitlines()


@pytest.mark.parametrize("row", ANSWERED)
async def test_a_question_is_answered_from_its_article(shop: Finder, row: str) -> None:
    articles, question = row.split(" | ")
    result = await ask(shop, question)
    assert leads(result) in articles.split(), result.answer


WITHOUT_PHRASINGS = """
en/czas-dostawy | when do you ship
en/dostawa-za-granice | do you deliver to germany
en/jak-zwrocic-towar | i wnat to return an item
en/najnizsza-cena-30-dni | what is that other price next to the sale price
en/opozniona-lub-zagubiona-paczka | parcel never came
en/pranie-welny | how to wash merino
en/zmiana-lub-anulowanie-zamowienia | i need to cancel my order
pl/dane-osobowe-rodo | jak dlugo trzymacie dane
pl/dostawa-za-granice | wyslecie do czech?
pl/faktura-i-nip | fv na firme
pl/impregnacja | kurtka przemaka co robić
pl/kontakt | telefon do was
pl/kurier | o ktorej bedzie kurier
pl/metody-platnosci | czy jest przelewy24
pl/newsletter | ile rabatu za newsletter
pl/odbior-osobisty | odbior w bielsku
pl/opinie | usunac opinie
pl/paczkomat pl/sposoby-i-koszty-dostawy | czy dostarczacie do paczkomatów
pl/paczkomat | nie zdaze odebrac z paczkomatu
pl/rozmiary-ubran | jaki rozmiar kurtki na 180 cm
pl/sposoby-i-koszty-dostawy pl/paczkomat | ile kosztuje paczkomat
pl/wymiana-rozmiaru | wymiana na 42
pl/zly-lub-brakujacy-towar | brakuje skarpetek w paczce
""".strip().splitlines()


@pytest.mark.parametrize("row", WITHOUT_PHRASINGS)
async def test_articles_without_phrasings_answer_too(plain_shop: Finder, row: str) -> None:
    articles, question = row.split(" | ")
    result = await ask(plain_shop, question)
    assert leads(result) in articles.split(), result.answer


# Without phrasings, too unsure to answer: asked back, with the right topic among those offered.
ASKED_BACK_ON = [("pl/czas-dostawy", "kiedy wyślecie jak zapłacę po 13")]


@pytest.mark.parametrize(("article", "question"), ASKED_BACK_ON)
async def test_an_unsure_one_is_asked_back_on_the_right_topic(
    plain_shop: Finder, articles: Sequence[Article], article: str, question: str
) -> None:
    result = await ask(plain_shop, question)
    title = next(each.title for each in articles if each.id == article)
    assert result.outcome is Outcome.ABSTAINED
    assert title in {suggestion.label for suggestion in result.suggestions}


REFUSED = """
jaki telefon kupić
jaka bedzie pogoda jutro
przepis na sernik
kto jest prezydentem francji
napisz wiersz o jesieni
ile kosztuje bilet do zakopanego
jak zrobic prawo jazdy
czy macie wolne etaty
kiedy gra reprezentacja
jaki kredyt wziąć
gdzie kupić tanie wino
ile trwa lot do tokio
gdzie jest toaleta w galerii
jak zrobić bigos
ile kosztuje wizyta u fryzjera
jaki film polecasz
gdzie naprawie telefon
jak nauczyc sie angielskiego
kto wynalazl zarowke
czy jutro bedzie padac
pozyczka na dowod
ile wazy kot
what phone should i buy
how do i start a company
what's the weather like
tell me a joke
""".strip().splitlines()


@pytest.mark.parametrize("question", REFUSED)
async def test_what_no_article_is_about_is_not_answered(shop: Finder, question: str) -> None:
    result = await ask(shop, question)
    assert result.outcome is not Outcome.ANSWERED, result.answer


FOLLOW_UPS = """
pl/koszt-zwrotu | do kiedy mogę oddać buty | a ile to kosztuje?
pl/dostawa-za-granice pl/sposoby-i-koszty-dostawy | ile kosztuje dostawa | a za granicę?
pl/kurier pl/sposoby-i-koszty-dostawy | ile kosztuje dostawa | a kurierem?
pl/odstapienie-od-umowy pl/zwrot-30-dni pl/jak-zwrocic-towar | jak zwrócić buty | a ile mam czasu
pl/koszt-zwrotu | jak zwrócić buty | a kto za to płaci
pl/platnosc-przy-odbiorze | czy mogę zapłacić przy odbiorze | a ile to kosztuje
pl/punkty-odbioru | ile czeka paczka w paczkomacie | a w punkcie dpd?
pl/wymiana-rozmiaru | jak wymienić rozmiar | ile to trwa?
pl/wymiana-rozmiaru | jak wymienić rozmiar | a czy to płatne
pl/karta-podarunkowa | macie karty podarunkowe? | jak długo ważna
""".strip().splitlines()


@pytest.mark.parametrize("row", FOLLOW_UPS)
async def test_a_follow_up_takes_the_topic_along(shop: Finder, row: str) -> None:
    articles, first, second = row.split(" | ")
    before = await ask(shop, first)
    history = (Utterance("shopper", first), Utterance("assistant", before.answer))
    result = await ask(shop, second, history)
    assert leads(result) in articles.split(), result.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("ile kosztuje paczkomat", "12,99 zł"),
        ("ile kosztuje kurier", "15,99 zł"),
        ("How much is delivery and when is it free?", "10.99 zł"),
        ("ile trwa reklamacja", "14 dni"),
        ("ile trwa dostawa kurierem DPD", "1–2 dni robocze"),
    ],
)
async def test_the_first_sentence_answers(shop: Finder, question: str, said: str) -> None:
    result = await ask(shop, question)
    assert said in result.sentences[0], result.answer


ASKED_BACK = {x: " ".join((*say(Phrase.ASK_BACK, x), *say(Phrase.WHICH_TOPIC, x))) for x in Language}


async def test_every_topic_that_may_be_tapped_is_answered_from_its_own_article(
    shop: Finder, articles: Sequence[Article]
) -> None:
    wrong = []
    for each in articles:
        article, title, language = each.id, each.title, each.language
        history = (Utterance("shopper", "?"), Utterance("assistant", ASKED_BACK[language]))
        result = await ask(shop, title, history, language)
        cited = {citation.article_id for citation in result.citations}
        if cited != {article} or result.outcome is not Outcome.ANSWERED:
            wrong.append((article, title, cited, result.answer))
    assert not wrong
