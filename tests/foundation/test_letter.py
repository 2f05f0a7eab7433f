"""A mail as bytes: what people wrote comes back as it was, and nothing in it becomes a header."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.errors import InvalidInput, TooLarge
from foundation.letter import MAX_BODY_CHARS, MAX_SUBJECT_CHARS, Sender, bare_address, compose

SENDER = Sender("Leśna Ścieżka, „Buty” i inne", "pomoc@lesna-sciezka.example")
DATE = datetime(2026, 11, 17, 11, 0, tzinfo=UTC)
HEADERS = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
]

INJECTIONS = [
    "Zwrot\r\nBcc: evil@example.com",
    "Zwrot\nBcc: evil@example.com",
    "Zwrot\rBcc: evil@example.com",
    "Zwrot\n\nOther body",
    "Zwrot\n",
    "Zwrot\x0bBcc: evil@example.com",
    "Zwrot\x0cBcc: evil@example.com",
    "Zwrot\x1dBcc: evil@example.com",
    "Zwrot\x85Bcc: evil@example.com",
    "Zwrot\u2028Bcc: evil@example.com",
    "Zwrot\u2029Bcc: evil@example.com",
    "Zwrot\x00",
    "Zwrot\ud800",
]


def written(
    subject: str = "Zwrot", body: str = "Dzień dobry", to: str = "ala@example.com", sender: Sender = SENDER
) -> bytes:
    return compose(sender, to, subject, body, message_id="<1@shop.example>", date=DATE, headers={})


@pytest.mark.parametrize(
    ("reply_to", "header"),
    [("", None), ("POMOC@lesna-sciezka.example", None), ("biuro@sklep.example", "biuro@sklep.example")],
)
def test_answers_go_where_the_shop_says(reply_to: str, header: str | None) -> None:
    mail = read(written(sender=Sender(SENDER.name, SENDER.address, reply_to)))
    assert mail["Reply-To"] == header
    assert SENDER.address in mail["From"]


@pytest.mark.parametrize("bad", INJECTIONS)
def test_nothing_slips_in_by_the_address_for_answers(bad: str) -> None:
    with pytest.raises(InvalidInput):
        written(sender=Sender("", SENDER.address, f"a@b.example{bad}"))


def read(mail: bytes) -> EmailMessage:
    return message_from_bytes(mail, policy=default)


def body_of(mail: bytes) -> str:
    return str(read(mail).get_content()).replace("\r\n", "\n")


def lines(text: str) -> str:
    """Return a body as a mail carries it: line ends alike, the last line ended."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    return text if text.endswith("\n") else text + "\n"


def naughty() -> list[str]:
    """Return the big list of naughty strings, which is not part of this repository."""
    path = Path(os.environ.get("OKIENKO_EVAL_DATA", "../shared/data")) / "naughty_strings.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is not here: set OKIENKO_EVAL_DATA to the folder of the evaluation data")
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").split("\n") if line]


def test_a_mail_has_the_headers_that_a_mail_needs_and_no_others() -> None:
    mail = read(written())
    assert mail.keys() == HEADERS
    assert mail["From"].addresses[0].display_name == SENDER.name
    assert mail["From"].addresses[0].addr_spec == SENDER.address
    assert mail["Date"].datetime == DATE
    assert (mail.get_content_type(), mail.get_content_charset()) == ("text/plain", "utf-8")


def test_lines_are_short_enough_for_every_server() -> None:
    mail = written(subject="Zażółć gęślą jaźń " * 16, body="Zażółć gęślą jaźń. " * 500)
    assert max(map(len, mail.split(b"\r\n"))) <= 78
    assert b"\n" not in mail.replace(b"\r\n", b"")
    assert mail.isascii()
    assert body_of(mail) == "Zażółć gęślą jaźń. " * 500 + "\n"


def test_long_ids_of_a_thread_are_not_encoded() -> None:
    reference = f"<{'a' * 150}@example.com>"
    mail = compose(
        SENDER,
        "ala@example.com",
        "Zwrot",
        "",
        message_id="<1@shop.example>",
        date=DATE,
        headers={"References": f"<0@shop.example> {reference}"},
    )
    assert f"References: <0@shop.example> {reference}\r\n".encode() in mail


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=300))
def test_any_line_of_text_can_be_a_subject(subject: str) -> None:
    if subject.strip(" "):
        assert read(written(subject=subject))["Subject"] == subject.strip(" ")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_any_text_can_be_a_body(body: str) -> None:
    mail = written(body=body)
    assert body_of(mail) == lines(body)
    assert read(mail).keys() == HEADERS


@pytest.mark.parametrize("text", INJECTIONS)
def test_a_line_break_is_refused_wherever_a_header_would_hold_it(text: str) -> None:
    with pytest.raises(InvalidInput, match="subject"):
        written(subject=text)
    with pytest.raises(InvalidInput, match="e-mail address"):
        bare_address(f"{text}@example.com")
    with pytest.raises(InvalidInput, match="e-mail address"):
        bare_address(f"ala@example.com{text}")
    with pytest.raises(InvalidInput):
        Sender.parse(f"{text} <ala@example.com>")
    for headers in ({"References": text}, {text: "1"}):
        with pytest.raises(InvalidInput, match="mail header"):
            compose(
                SENDER, "a@b.pl", "Zwrot", "", message_id="<1@b.pl>", date=datetime.now(UTC), headers=headers
            )
    with pytest.raises(InvalidInput, match="mail header"):
        compose(SENDER, "a@b.pl", "Zwrot", "", message_id=text, date=DATE, headers={})


def test_a_subject_that_looks_encoded_is_not_decoded() -> None:
    subject = "=?utf-8?b?DQpCY2M6IGV2aWxAZXhhbXBsZS5jb20=?="
    mail = read(written(subject=subject))
    assert mail["Subject"] == subject
    assert mail.keys() == HEADERS


def test_naughty_strings_stay_what_they_are() -> None:
    refused = 0
    for text in naughty():
        mail = written(body=text)
        assert (body_of(mail), read(mail).keys()) == (lines(text), HEADERS)
        try:
            mail = written(subject=text)
        except InvalidInput:
            refused += 1
        else:
            assert read(mail)["Subject"] == text.strip(" ")
            assert read(mail).keys() == HEADERS
        try:
            address = bare_address(text)
        except InvalidInput:
            continue
        assert [found.addr_spec for found in read(written(to=address))["To"].addresses] == [address]
    # Most are strange but fit in a line of text.
    assert 0 < refused < 30


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("pomoc@shop.example", "", "pomoc@shop.example"),
        ("<pomoc@shop.example>", "", "pomoc@shop.example"),
        ("Sklep Ala <pomoc@shop.example>", "Sklep Ala", "pomoc@shop.example"),
        ('"Ala, i inni" <pomoc@shop.example>', "Ala, i inni", "pomoc@shop.example"),
        ("Leśna Ścieżka <pomoc@leśna.example>", "Leśna Ścieżka", "pomoc@xn--lena-m5a.example"),
        (r"Back\slash, Inc. <a@b.pl>", r"Back\slash, Inc.", "a@b.pl"),
    ],
)
def test_a_sender_is_a_name_and_an_address(text: str, name: str, address: str) -> None:
    sender = Sender.parse(text)
    assert sender == Sender(name, address)
    found = read(written(sender=sender))["From"].addresses
    assert [(one.display_name, one.addr_spec) for one in found] == [(name, address)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@",
        "ala",
        "ala@",
        "@b.pl",
        "a b@c.pl",
        "a@b@c.pl",
        "a@b..pl",
        "a@-b.pl",
        "a,c@b.pl",
        "<a@b.pl>",
        "a@b.pl, c@d.pl",
        "a@b.pl;c@d.pl",
        "x" * 65 + "@b.pl",
        "a@" + "b" * 64 + ".pl",
        "a@" + "b." * 130 + "pl",
    ],
)
def test_what_is_not_one_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        bare_address(text)


def test_too_much_is_refused() -> None:
    with pytest.raises(TooLarge):
        written(subject="x" * (MAX_SUBJECT_CHARS + 1))
    with pytest.raises(TooLarge):
        written(body="x" * (MAX_BODY_CHARS + 1))
