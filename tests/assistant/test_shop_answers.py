"""When people are there, told from the settings; articles lead."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assistant.brief import Brief, Outcome, TurnResult, Utterance
from assistant.extractive import ExtractiveWriter
from assistant.shop_answers import ShopFacts
from assistant.source_words import told_source
from assistant.turn import take_turn
from foundation.clock import SHOP_ZONE, SettableClock
from foundation.contact import Contact
from foundation.language import Language
from foundation.style import Style
from handoff.hours import OpeningHours
from tests.assistant.fakes import NOTHING, FakeFinder, FakeOrders, passage, retrieval

PL, EN = Language.PL, Language.EN
OFFICE = OpeningHours.parse("Mon-Fri 09:00-17:00, Sat 10:00-14:00")
SAME = "Biuro obsługi pracuje od poniedziałku do piątku w godzinach 9:00–17:00, w soboty 10:00–14:00."
OTHER = "Biuro obsługi pracuje od poniedziałku do piątku w godzinach 8:00–16:00."
SALON = "Salon w Krakowie jest czynny od poniedziałku do soboty w godzinach 10:00–19:00."


def clock(*moment: int) -> SettableClock:
    return SettableClock(datetime(*moment, tzinfo=SHOP_ZONE))  # type: ignore[misc, arg-type]


TUESDAY = clock(2026, 11, 17, 12)


async def told(
    *messages: str,
    at: SettableClock = TUESDAY,
    hours: OpeningHours = OFFICE,
    article: str = "",
    language: Language = PL,
    history: tuple[Utterance, ...] = (),
    style: Style = Style.INFORMAL,
    facts: ShopFacts | None = None,
) -> TurnResult:
    found = (
        retrieval(
            passage(article, id="pl/kontakt#1", title="Kontakt", questions=("w jakich godzinach pracujecie",))
        )
        if article
        else NOTHING
    )
    return await take_turn(
        Brief(messages, language, at.now(), history, style=style),
        finder=FakeFinder(found),
        orders=FakeOrders(),
        writer=ExtractiveWriter(),
        shop=facts or ShopFacts(hours),
    )


@pytest.mark.parametrize("style", list(Style))
async def test_somebody_is_there(style: Style) -> None:
    result = await told("jest ktoś teraz?", style=style)
    assert result.answer == "Obsługa sklepu teraz pracuje: dzisiaj do 17:00."
    assert result.outcome is Outcome.ANSWERED
    assert result.sources == ("hours:2026-11-17T12:00",)
    assert not result.dropped


async def test_nobody_is_there_until_tomorrow() -> None:
    result = await told("is anybody there?", at=clock(2026, 11, 17, 17), language=EN)
    assert result.answer == (
        "Nobody from the shop is at work now. "
        "They are back tomorrow, on Wednesday, 18 November 2026, and at work 9:00–17:00 (Polish time)."
    )


async def test_the_day_turns_at_midnight_in_the_shop() -> None:
    at = clock(2026, 11, 17, 23, 59)
    before = await told("kiedy otwieracie?", at=at)
    at.advance(timedelta(minutes=1))
    after = await told("kiedy otwieracie?", at=at)
    assert "Wraca jutro, w środę 18 listopada 2026, i pracuje w godzinach 9:00–17:00." in before.answer
    assert "Wraca dzisiaj, w środę 18 listopada 2026, i pracuje w godzinach 9:00–17:00." in after.answer
    assert at.now().date() == datetime(2026, 11, 17, tzinfo=UTC).date()


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        (datetime(2026, 10, 24, 7, 59, tzinfo=UTC), False),  # Saturday 9:59, summer time
        (datetime(2026, 10, 24, 8, 0, tzinfo=UTC), True),
        (datetime(2026, 10, 26, 7, 59, tzinfo=UTC), False),  # Monday 8:59, winter time
        (datetime(2026, 10, 26, 8, 0, tzinfo=UTC), True),
        (datetime(2027, 3, 26, 8, 0, tzinfo=UTC), True),  # Friday 9:00, winter time
        (datetime(2027, 3, 30, 6, 59, tzinfo=UTC), False),  # the Tuesday after, 8:59, summer time
        (datetime(2027, 3, 30, 7, 0, tzinfo=UTC), True),
    ],
)
async def test_clocks_that_change(moment: datetime, there: bool) -> None:
    result = await told("jest ktoś teraz?", at=SettableClock(moment))
    assert ("teraz pracuje" in result.answer) is there


@pytest.mark.parametrize(
    ("hour", "answer"),
    [
        (
            11,
            "Obsługa sklepu teraz pracuje: dzisiaj do 12:00. Potem jeszcze dzisiaj w godzinach 13:00–17:00.",
        ),
        (
            12,
            "Obsługa sklepu teraz nie pracuje. "
            "Wraca dzisiaj, we wtorek 17 listopada 2026, i pracuje w godzinach 13:00–17:00.",
        ),
        (14, "Obsługa sklepu teraz pracuje: dzisiaj do 17:00."),
    ],
)
async def test_several_shifts(hour: int, answer: str) -> None:
    lunch = OpeningHours.parse("Mon-Fri 9:00-12:00, Mon-Fri 13:00-15:00, Mon-Fri 15:00-17:00")
    result = await told("do której dziś pracujecie", at=clock(2026, 11, 17, hour), hours=lunch)
    assert result.answer == answer


@pytest.mark.parametrize(
    ("asked", "language", "answer"),
    [
        (
            "czy pracujecie 11 listopada?",
            PL,
            "W czwartek 11 listopada 2027 obsługa sklepu nie pracuje: to dzień ustawowo wolny od pracy.",
        ),
        (
            "are you open on christmas eve",
            EN,
            "On Thursday, 24 December 2026, nobody from the shop is at work: "
            "it is a public holiday in Poland.",
        ),
        ("a w niedzielę jesteście otwarci?", PL, "W niedzielę 22 listopada 2026 obsługa sklepu nie pracuje."),
        (
            "pracujecie jutro?",
            PL,
            "Jutro, w środę 18 listopada 2026, obsługa sklepu pracuje w godzinach 9:00–17:00.",
        ),
        (
            "pracujecie w święta?",
            PL,
            "W dni ustawowo wolne od pracy obsługa sklepu nie pracuje. "
            "Najbliższy taki dzień to 24 grudnia 2026.",
        ),
        (
            "opening hours",
            EN,
            "The shop's people are at work: Mon–Fri 9:00–17:00, Sat 10:00–14:00 (Polish time). "
            "On Polish public holidays nobody from the shop is at work.",
        ),
    ],
)
async def test_days(asked: str, language: Language, answer: str) -> None:
    result = await told(asked, language=language)
    assert result.answer == answer
    assert not result.dropped


async def test_a_holiday_is_why_nobody_is_there() -> None:
    result = await told("jest ktoś teraz?", at=clock(2026, 11, 11, 12))
    assert "Dzisiaj, 11 listopada 2026, jest dzień ustawowo wolny od pracy." in result.answer
    assert "Wraca jutro, w czwartek 12 listopada 2026" in result.answer


async def test_a_day_after_a_question_about_hours() -> None:
    history = (Utterance("shopper", "pracujecie jutro?"), Utterance("assistant", "Jutro…"))
    result = await told("a w sobotę?", history=history)
    assert result.answer == "W sobotę 21 listopada 2026 obsługa sklepu pracuje w godzinach 10:00–14:00."
    alone = await told("a w sobotę?")
    assert "obsługa sklepu pracuje" not in alone.answer


async def test_an_article_with_the_same_hours_leads_and_the_day_follows() -> None:
    result = await told("czy w niedzielę pracujecie?", article=SAME)
    assert result.sentences[0] == SAME
    assert result.sentences[-1] == "\nW niedzielę 22 listopada 2026 obsługa sklepu nie pracuje."
    assert result.citations


@pytest.mark.parametrize("article", [OTHER, SALON])
async def test_an_article_with_other_hours_is_not_contradicted(article: str) -> None:
    result = await told("w jakich godzinach pracujecie?", article=article)
    assert result.answer == article


async def test_who_asks_for_people_hears_of_them_and_that_an_article_differs() -> None:
    result = await told("czy ktoś teraz odpisuje?", article=OTHER)
    assert result.answer == (
        "Obsługa sklepu teraz pracuje: dzisiaj do 17:00. "
        "To godziny obsługi na czacie; artykuł „Kontakt” może podawać inne."
    )
    assert not result.dropped


async def test_the_hours_of_a_salon_are_no_contradiction_for_who_asks_for_people() -> None:
    result = await told("czy ktoś teraz odpisuje?", article=SALON)
    assert result.answer == "Obsługa sklepu teraz pracuje: dzisiaj do 17:00."


@pytest.mark.parametrize("asked", ["jest ktoś teraz?", "czy pracujecie w niedzielę?", "godziny otwarcia"])
async def test_without_hours_nothing_is_said_of_them(asked: str) -> None:
    result = await told(asked, hours=OpeningHours())
    assert not result.sources
    assert result.outcome is not Outcome.ANSWERED


async def test_what_is_asked_besides_is_not_passed_over() -> None:
    result = await told("Pracujecie jutro? Czy macie namioty?", article="Namioty mamy w ofercie.")
    assert "obsługa sklepu pracuje" not in result.answer


async def test_the_shops_name_and_address_where_no_article_has_them() -> None:
    facts = ShopFacts(OFFICE, "Leśna Ścieżka", "pomoc@sklep.example")
    name = await told("jak się nazywa ten sklep?", facts=facts)
    assert name.answer == "Sklep nazywa się Leśna Ścieżka."
    assert name.sources == ("shop:name",)
    mail = await told("jaki macie adres e-mail?", facts=facts)
    assert mail.answer == "Wiadomości e-mail od sklepu przychodzą z adresu pomoc@sklep.example."
    assert mail.sources == ("shop:address",)


@pytest.mark.parametrize("address", ["", "no-reply@sklep.example", "nieodpowiadaj@sklep.example"])
async def test_an_address_that_nobody_reads_is_not_given(address: str) -> None:
    result = await told("jaki macie adres e-mail?", facts=ShopFacts(OFFICE, "", address))
    assert "sklep.example" not in result.answer
    assert result.outcome is not Outcome.ANSWERED


async def test_a_mailbox_of_the_shoppers_own_is_another_matter() -> None:
    facts = ShopFacts(OFFICE, "", "pomoc@sklep.example")
    assert "pomoc@" not in (await told("jak zmienić mój adres e-mail?", facts=facts)).answer


CONTACT = Contact("pomoc@sklep.example", "+48 33 555 01 20")
MAIL_PL, PHONE_PL = "Adres e-mail sklepu: pomoc@sklep.example.", "Numer telefonu do sklepu: +48 33 555 01 20."
MAIL_EN = "The shop's e-mail address is pomoc@sklep.example."
PHONE_EN = "The shop's phone number is +48 33 555 01 20."


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize(
    ("asked", "language", "answer"),
    [
        ("jaki macie adres e-mail?", PL, MAIL_PL),
        ("numer telefonu do was", PL, PHONE_PL),
        ("gdzie moge do was zadzwonic", PL, PHONE_PL),
        ("jak się z wami skontaktować?", PL, f"{MAIL_PL} {PHONE_PL}"),
        ("kontakt", PL, f"{MAIL_PL} {PHONE_PL}"),
        ("what's your email", EN, MAIL_EN),
        ("whats your phone number", EN, PHONE_EN),
        ("how can I contact you?", EN, f"{MAIL_EN} {PHONE_EN}"),
    ],
)
async def test_how_else_to_reach_the_shop(asked: str, language: Language, answer: str, style: Style) -> None:
    result = await told(asked, language=language, facts=ShopFacts(OFFICE, contact=CONTACT), style=style)
    assert result.answer == answer
    assert result.outcome is Outcome.ANSWERED
    assert result.sources == ("shop:contact",)
    assert not result.dropped


async def test_what_is_set_is_told_to_who_asks_for_the_other_way() -> None:
    facts = ShopFacts(OFFICE, contact=Contact(phone="+48 33 555 01 20"))
    result = await told("jaki macie adres e-mail?", facts=facts)
    assert result.answer == "Kontakt ze sklepem: telefon +48 33 555 01 20."


async def test_what_mail_comes_from_stands_behind_the_address_for_people() -> None:
    facts = ShopFacts(OFFICE, "", "sklep@sklep.example", CONTACT)
    assert (await told("jaki macie adres e-mail?", facts=facts)).answer == MAIL_PL


async def test_an_article_with_an_address_of_its_own_is_quoted_as_it_is() -> None:
    article = "Nasz adres e-mail: biuro@inny.example, odpisujemy w dni robocze."
    result = await told(
        "jaki jest wasz adres e-mail?", article=article, facts=ShopFacts(OFFICE, contact=CONTACT)
    )
    assert result.answer == article
    assert result.citations


async def test_an_article_without_one_leads_and_the_setting_follows() -> None:
    article = "Jak się z nami skontaktować: najszybciej odpowiadamy na czacie."
    facts = ShopFacts(OFFICE, contact=CONTACT)
    result = await told("jak się z wami skontaktować?", article=article, facts=facts)
    assert result.sentences == (article, f"\n{MAIL_PL}", PHONE_PL)
    assert result.citations


@pytest.mark.parametrize(
    "asked",
    [
        "jaki jest numer telefonu kuriera?",
        "jak zmienić numer telefonu na koncie?",
        "jaki numer telefonu podać przy zamówieniu?",
        "nie dostałem maila z potwierdzeniem",
        "czy macie telefony komórkowe?",
        "what's the courier's phone number?",
        "how do I change my phone number",
    ],
)
async def test_other_addresses_and_numbers_are_another_matter(asked: str) -> None:
    result = await told(asked, facts=ShopFacts(OFFICE, contact=CONTACT))
    assert "sklep.example" not in result.answer
    assert "555" not in result.answer


@pytest.mark.parametrize(("hour", "says"), [(12, False), (20, True)])
async def test_out_of_hours_another_way_is_told(hour: int, says: bool) -> None:
    at = clock(2026, 11, 17, hour)
    result = await told("jest ktoś teraz?", at=at, facts=ShopFacts(OFFICE, contact=CONTACT))
    line = "Kontakt ze sklepem: e-mail pomoc@sklep.example, telefon +48 33 555 01 20."
    assert (line in result.sentences) is says
    assert not result.dropped


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("source", ["hours:2026-11-17T12:00", "shop:name", "shop:contact"])
def test_where_it_comes_from(source: str, language: Language) -> None:
    assert ("ustawie" if language is PL else "settings") in told_source(source, language)
