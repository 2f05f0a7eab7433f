"""Which messages are withdrawals: a table of sentences, and what must not change a verdict."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer.withdrawal_signs import Sign, recognise_withdrawal, sign_of_withdrawal
from foundation.language import Language

TABLE = Path(__file__).parent / "withdrawal_sentences.tsv"
with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = [
        (Sign(row["sign"]), Language(row["language"]), row["text"].replace("\\n", "\n"))
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    ]
STATEMENTS = [(language, text) for sign, language, text in ROWS if sign is Sign.STATEMENT]
OTHERS = [(language, text) for sign, language, text in ROWS if sign is not Sign.STATEMENT]

PLAIN = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")


@pytest.mark.parametrize(("sign", "language", "text"), ROWS)
def test_the_table(sign: Sign, language: Language, text: str) -> None:
    assert sign_of_withdrawal(text, language) is sign
    assert recognise_withdrawal(text, language) is (sign is Sign.STATEMENT)


def test_the_table_has_both_verdicts_in_both_languages() -> None:
    counted = Counter((sign is Sign.STATEMENT, language) for sign, language, _text in ROWS)
    assert sum(counted.values()) >= 150
    assert min(counted.values()) >= 30
    assert len(counted) == 4
    assert len({text for _sign, _language, text in ROWS}) >= len(ROWS) - 1  # one is said in both languages


@pytest.mark.parametrize(("language", "text"), OTHERS)
def test_no_spelling_makes_a_statement_of_another_sentence(language: Language, text: str) -> None:
    for written in (
        text.upper(),
        text.lower(),
        text.translate(PLAIN),
        f"Dzień dobry!\n{text}",
        f"{text} Dziękuję.",
    ):
        assert not recognise_withdrawal(written, language)


@pytest.mark.parametrize(("language", "text"), STATEMENTS)
def test_a_statement_stays_one_among_other_sentences(language: Language, text: str) -> None:
    around = (
        "Dzień dobry. Kupiłam buty w listopadzie.\n"
        if language is Language.PL
        else "Hello. I bought boots.\n"
    )
    assert recognise_withdrawal(f"{around}{text}\n\n-- \nAnna", language)
    assert recognise_withdrawal(f"  {text}  ", language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.PL, "Odstępuję od umowy."),
        (Language.PL, "I hereby withdraw from the contract."),
        (Language.EN, "I hereby withdraw from the contract."),
        (Language.EN, "Odstępuję od umowy."),
    ],
)
def test_the_conversations_language_may_be_wrong(language: Language, text: str) -> None:
    assert recognise_withdrawal(text, language)


def test_misspelt_words_are_understood_in_the_conversations_language() -> None:
    assert recognise_withdrawal("odstempuje od umowy", Language.PL)
    assert not recognise_withdrawal("odstempuje od umowy", Language.EN)


def test_decomposed_letters_are_letters() -> None:
    assert recognise_withdrawal("Odste\u0328puje\u0328 od umowy", Language.PL)


@given(st.text(max_size=300), st.sampled_from(Language))
def test_any_text_has_a_verdict(text: str, language: Language) -> None:
    assert sign_of_withdrawal(text, language) in Sign


@given(st.text(alphabet="abcdefghijklmnop ,.!?\n", max_size=300), st.sampled_from(Language))
def test_what_does_not_speak_of_it_is_none(text: str, language: Language) -> None:
    assert sign_of_withdrawal(text, language) is Sign.NONE


@pytest.mark.parametrize(
    "text",
    ["odstępuję od umowy " * 600, "od umowy " * 1500 + "odst", "„" * 10_000, "a, " * 3000 + "odstępuję?"],
)
def test_long_texts_end(text: str) -> None:
    assert sign_of_withdrawal(text, Language.PL) in Sign
