"""Products for those who ask: what goes with a purchase, a few questions, and nothing volunteered."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from assistant.brief import Brief, Outcome, TurnResult, Utterance
from assistant.extractive import ExtractiveWriter
from assistant.phrases import Phrase, every, say
from assistant.product_words import Asking, asking_of, at_most, named
from assistant.turn import take_turn
from customer.model import Order
from customer.product import Product, Together
from foundation.language import Language
from server.demo.goods import demo_products
from tests.assistant.fakes import NOW, FakeFinder, FakeOrders, order, passage, retrieval

PL, EN = Language.PL, Language.EN
GOODS = demo_products()
BOOTS, FLEECE = "Buty trekkingowe „Turnia”", "Bluza polarowa „Mgła”"


@dataclass
class FakeProducts:
    """The demo shop's catalogue, with what was bought together."""

    products: Sequence[Product] = GOODS
    pairs: Sequence[Together] = (Together("MGL", "RUN", 5), Together("TUR", "PAS", 7))

    async def all(self) -> Sequence[Product]:
        return self.products

    async def bought_with(self, skus: Collection[str]) -> Sequence[Together]:
        return [pair for pair in self.pairs if pair.sku in skus]


async def chat(
    *messages: str,
    language: Language = PL,
    orders: Sequence[Order] = (),
    products: FakeProducts | None = None,
    finder: FakeFinder | None = None,
) -> TurnResult:
    """Say one message after the other; return the last answer."""
    history: tuple[Utterance, ...] = ()
    for message in messages:
        result = await take_turn(
            Brief((message,), language, NOW, history, customer_id="anna" if orders else None),
            finder=finder or FakeFinder(),
            orders=FakeOrders(orders),
            writer=ExtractiveWriter(),
            products=products or FakeProducts(),
        )
        history += (Utterance("shopper", message), Utterance("assistant", result.answer))
    return result


def labels(result: TurnResult) -> list[str]:
    return [suggestion.label for suggestion in result.suggestions]


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("co polecacie do butów?", Asking.GOES_WITH),
        ("Co pasuje do mojej bluzy?", Asking.GOES_WITH),
        ("co mogę jeszcze dokupić do mojego ostatniego zamówienia?", Asking.GOES_WITH),
        ("what goes with my boots", Asking.GOES_WITH),
        ("szukam kurtki na zimę", Asking.LOOKING),
        ("polećcie coś na prezent", Asking.LOOKING),
        ("pomożecie mi wybrać plecak?", Asking.LOOKING),
        ("I'm looking for a backpack", Asking.LOOKING),
        ("a gift for my dad", Asking.LOOKING),
        ("szukam mojej paczki", None),
        ("jaki rozmiar butów polecacie?", None),
        ("jaką dostawę polecacie?", None),
        ("which delivery do you recommend?", None),
        ("czy wysyłacie listem poleconym?", None),
        ("szukam kodu rabatowego", None),
        ("ile mam dni na zwrot butów?", None),
        ("polecam ten sklep", None),
    ],
)
def test_who_asks_for_products(text: str, asking: Asking | None) -> None:
    assert asking_of(text) is asking


@pytest.mark.parametrize(
    ("text", "asked", "price"),
    [
        ("buty do 200 zł", False, 200),
        ("od 100 do 1 200 zł", False, 1200),
        ("under 300 PLN", False, 300),
        ("up to PLN 50", False, 50),
        ("do 150", True, 150),
        ("rozmiar do 44", False, None),
        ("od 100 zł", False, None),
    ],
)
def test_the_highest_price_is_read(text: str, asked: bool, price: int | None) -> None:
    assert at_most(text, asked=asked) == (None if price is None else Decimal(price))


ENGLISH = (
    Product("B", "Buty „Turnia”", Decimal(459), name_en="Trekking boots “Turnia”"),
    Product("K", "Zestaw do pielęgnacji", Decimal(29), name_en="Shoe care kit", description_en="Wax, brush"),
    Product(
        "L", "Latarka czołowa", Decimal(99), name_en="Head torch, 300 lm", description_en="For night runs"
    ),
    Product("M", "Kubek", Decimal(39)),
)


@pytest.mark.parametrize(
    ("text", "skus"),
    [
        ("I'm looking for a torch", ["L"]),
        ("looking for boots", ["B"]),
        ("szukam butów", ["B"]),
        ("a care kit, please", ["K"]),
    ],
)
def test_english_names_are_looked_at_too(text: str, skus: list[str]) -> None:
    assert [product.sku for product in named(text, ENGLISH)] == skus


async def test_a_product_is_called_in_the_language_of_the_question() -> None:
    shop = FakeProducts(ENGLISH, (Together("B", "K", 7), Together("B", "M", 5)))
    told = await chat("I'm looking for a torch", language=EN, products=shop)
    assert "- Head torch, 300 lm – PLN 99" in told.answer
    assert "- Latarka czołowa – 99,00 zł" in (await chat("szukam latarki", products=shop)).answer
    fitting = await chat("what goes with trekking boots?", language=EN, products=shop)
    assert "- Shoe care kit – PLN 29" in fitting.answer
    assert "Bought together with Trekking boots “Turnia” in 7 orders." in fitting.answer
    assert "- Kubek – PLN 39" in fitting.answer


def test_a_kit_for_shoes_is_no_shoe() -> None:
    found = {product.sku for product in named("buty", GOODS)}
    assert found == {"TUR", "POL", "KAL", "BRZ", "SCH"}
    assert {product.sku for product in named("boots", GOODS)} == found
    assert [product.sku for product in named("coś jak Turnia", GOODS)] == ["TUR"]


async def test_what_goes_with_a_purchase_is_told_with_the_reason() -> None:
    result = await chat("Co pasuje do mojej bluzy?", orders=[order(items=(FLEECE, "Termos 0,75 l „Watra”"))])
    assert result.answer == (
        "Z katalogu sklepu mogę zaproponować:\n- Koszulka z merynosów „Runo” – 169,00 zł. "
        "Kupowane razem z: Bluza polarowa „Mgła” – w 5 zamówieniach."
    )
    assert [checked.evidence for checked in result.checked] == [("product:RUN",)]
    assert not result.dropped


async def test_in_english_a_guest_hears_the_same() -> None:
    result = await chat("What goes with boots?", language=EN)
    assert "PLN 49.00. Bought together with “Turnia” trekking shoes in 7 orders." in result.answer
    assert "The catalogue says it goes with" in result.answer


async def test_what_was_bought_already_is_not_suggested() -> None:
    own = [order(items=(FLEECE, "Koszulka z merynosów „Runo”"))]
    result = await chat("co pasuje do mojej bluzy?", orders=own)
    assert "Runo” – 169" not in result.answer


async def test_what_cannot_be_bought_is_not_suggested() -> None:
    gone = [replace(product, available=product.sku not in ("HAL", "RUN")) for product in GOODS]
    shop = FakeProducts(gone)
    assert (await chat("szukam kurtki na zimę", products=shop)).answer.startswith("Nie widzę tego")
    assert "Runo” – 169" not in (await chat("co pasuje do bluzy?", products=shop)).answer


async def test_a_gift_is_found_by_two_questions() -> None:
    first = await chat("Polećcie coś na prezent")
    assert (first.answer, labels(first)[2]) == ("Czego szukasz?", "Akcesoria")
    second = await chat("Polećcie coś na prezent", "Akcesoria")
    assert (second.answer, labels(second)) == (
        "W jakiej cenie?",
        ["do 100 zł", "do 200 zł", "Bez ograniczeń"],
    )
    third = await chat("Polećcie coś na prezent", "Akcesoria", "do 100 zł")
    assert third.answer.count("\n- ") == 3
    assert "Czapka „Sówka” – 79,00 zł" in third.answer


async def test_whoever_does_not_mind_is_told_three() -> None:
    result = await chat("polećcie coś na prezent", "Obojętnie", "Bez ograniczeń")
    assert result.answer.count("\n- ") == 3


async def test_for_whom_is_asked_where_the_catalogue_tells() -> None:
    mugs = [
        Product(f"K{n}", f"Kubek {n}", Decimal(20), attributes={"for_whom": (who,)})
        for n, who in enumerate(("dziecko", "dorosły", "dziecko", "dorosły"))
    ]
    shop = FakeProducts(mugs, ())
    asked = await chat("szukam kubka", products=shop)
    assert (asked.answer, labels(asked)) == ("Dla kogo to będzie?", ["dziecko", "dorosły"])
    told = await chat("szukam kubka", "dziecko", products=shop)
    assert told.answer.count("\n- ") == 2
    assert "Kubek 1" not in told.answer


async def test_the_page_of_a_product_is_linked() -> None:
    cup = Product("K", "Kubek", Decimal(20), url="https://shop.example/kubek")
    result = await chat("szukam kubka", products=FakeProducts([cup], ()))
    assert result.answer.endswith("\n- Kubek – 20,00 zł: https://shop.example/kubek")


@pytest.mark.parametrize(
    ("messages", "phrase"),
    [
        (("szukam butów do 100 zł",), Phrase.PRODUCT_NONE_AT_PRICE),
        (("szukam butów", "do 100 zł"), Phrase.PRODUCT_NONE_AT_PRICE),
        (("szukam sukienki",), Phrase.PRODUCT_NONE),
        (("co pasuje do kalosze?",), Phrase.PRODUCTS_FOUND),
        (("co pasuje do spodni?",), Phrase.PRODUCT_NO_PAIRS),
    ],
)
async def test_where_nothing_fits_a_person_is_offered(messages: tuple[str, ...], phrase: Phrase) -> None:
    result = await chat(*messages)
    assert result.answer.startswith(say(phrase, PL)[0])
    assert labels(result) == ["Porozmawiaj z człowiekiem"]


async def test_another_question_ends_the_asking_back() -> None:
    delivery = FakeFinder(retrieval(passage("Dostawa kosztuje 12,99 zł.", title="Dostawa")))
    result = await chat("szukam butów", "a ile kosztuje dostawa?", finder=delivery)
    assert "12,99 zł" in result.answer


@pytest.mark.parametrize(
    "message",
    [
        "buty mi się rozkleiły, polećcie coś",
        "chcę zwrócić buty, co polecacie?",
        "gdzie jest moja paczka?",
        "ile kosztuje dostawa?",
        "szukam informacji o gwarancji",
    ],
)
async def test_nothing_is_volunteered(message: str) -> None:
    result = await chat(message, orders=[order(items=(BOOTS,))])
    assert not any(one.startswith("product:") for checked in result.checked for one in checked.evidence)
    assert result.outcome in Outcome


@pytest.mark.parametrize(
    ("message", "skus"),
    [
        ("dzień dobry, ile kosztuje termos?", ["WAT"]),
        ("po ile macie czapki", ["SOW"]),
        ("jaka jest cena bluzy polarowej", ["MGL"]),
        ("how much are your wool socks?", ["BAC"]),
        ("price of walking trousers", ["SZL"]),
        ("ile kosztują buty", ["SCH", "KAL", "BRZ", "POL", "TUR"]),
    ],
)
async def test_what_goods_cost_is_told_from_the_catalogue(message: str, skus: list[str]) -> None:
    result = await chat(message)
    priced = {product.sku: product for product in GOODS}
    lines = [line for line in result.answer.splitlines() if line.startswith("- ")]
    assert len(lines) == len(skus)
    for line, sku in zip(lines, skus, strict=True):
        assert priced[sku].called(result.language) in line
        assert f"{priced[sku].price:.0f}" in line


@pytest.mark.parametrize(
    "message",
    [
        "ile kosztuje zwrot termosu",
        "ile kosztuje termos z grawerem",
        "how much is shipping for socks?",
        "how much does it cost to repair a backpack",
        "ile kosztuje rower",
        "termos",
    ],
)
async def test_the_price_of_something_else_is_no_price_of_goods(message: str) -> None:
    said = await chat(message)
    assert not {*said.sentences} & {*say(Phrase.PRODUCT_PRICES, PL), *say(Phrase.PRODUCT_PRICES, EN)}
    assert not any(f"{product.price:.0f}" in said.answer for product in GOODS)


async def test_of_many_prices_the_lowest_and_the_highest_are_told() -> None:
    lamps = [Product(f"L{n}", f"Lampa {n}", Decimal(10 * n), category="Lampy") for n in range(1, 9)]
    result = await chat("ile kosztują lampy?", products=FakeProducts(lamps, ()))
    assert result.sentences[0] == say(Phrase.PRODUCT_SOME_PRICES, PL)[0]
    lines = [line for line in result.answer.splitlines() if line.startswith("- ")]
    assert len(lines) == 5
    assert ("Lampa 1 " in lines[0], "Lampa 8 " in lines[-1]) == (True, True)


async def test_a_shop_without_a_catalogue_suggests_nothing() -> None:
    result = await chat("szukam kurtki", products=FakeProducts((), ()))
    assert result.answer.startswith(say(Phrase.ABSTAIN, PL)[0])


def test_no_text_promises_a_discount() -> None:
    texts = " ".join(
        s for phrase in Phrase if phrase.startswith("product") for said in every(phrase) for s in said
    )
    assert not re.search(r"rabat|zniż|promoc|okazj|taniej|discount|sale|deal|cheaper|% ", texts)
