"""Mail from the outbox to a real SMTP server: sent, tried again, given up; never half, never lost."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from sqlalchemy import select

from foundation.clock import SettableClock
from foundation.database import Database
from foundation.errors import InvalidInput
from foundation.mail import Mailer, Outbox, open_mail
from foundation.outbox import FAILED, LEASE, SENT, TRIES, Letter, table, wait_after
from foundation.smtp import SmtpServer
from tests.foundation.test_letter import INJECTIONS, body_of, lines, naughty, read

SHOP = "Leśna Ścieżka <pomoc@lesna-sciezka.example>"


class PostOffice:
    """What an SMTP server does with mail: keep it, or answer as told (by the queue, first come first)."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.answers: dict[str, deque[str]] = {"RCPT": deque(), "DATA": deque()}
        self.came = asyncio.Event()
        self.connections = 0

    async def handle_EHLO(  # noqa: N802
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.answers["RCPT"]:
            return self.answers["RCPT"].popleft()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answers["DATA"]:
            return self.answers["DATA"].popleft()
        self.taken.append(envelope)
        self.came.set()
        return "250 OK"

    def mails(self) -> list[bytes]:
        """Return what was taken, oldest first."""
        return [envelope.content for envelope in self.taken if isinstance(envelope.content, bytes)]


@asynccontextmanager
async def opened(office: PostOffice, **options: object) -> AsyncIterator[int]:
    """Serve SMTP on a port of this machine."""
    loop = asyncio.get_running_loop()

    def protocol() -> SMTP:
        return SMTP(office, hostname="mail.test", loop=loop, **options)  # type: ignore[arg-type]

    server = await loop.create_server(protocol, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


@pytest.fixture
async def port(office: PostOffice) -> AsyncIterator[int]:
    async with opened(office, enable_SMTPUTF8=True) as port:
        yield port


@pytest.fixture
def mail(database: Database, clock: SettableClock, port: int) -> tuple[Outbox, Mailer]:
    return open_mail(database, clock, smtp_url=f"smtp://127.0.0.1:{port}", sender=SHOP)


@pytest.fixture
def outbox(mail: tuple[Outbox, Mailer]) -> Outbox:
    return mail[0]


@pytest.fixture
def mailer(mail: tuple[Outbox, Mailer]) -> Mailer:
    return mail[1]


async def put_in(database: Database, outbox: Outbox, **fields: object) -> str:
    """Leave one mail in a transaction of its own."""
    wanted = {"to": "ala@example.com", "subject": "Zwrot zamówienia", "body": "Dzień dobry!"} | fields
    async with database.transaction() as connection:
        return await outbox.put(connection, **wanted)  # type: ignore[arg-type]


async def rows(database: Database) -> list[Letter]:
    async with database.reading() as connection:
        found = (await connection.execute(select(table).order_by(table.c.created_at))).mappings()
        return [Letter(**row) for row in found]


async def test_a_mail_leaves_as_it_was_written(
    database: Database, outbox: Outbox, mailer: Mailer, office: PostOffice, clock: SettableClock
) -> None:
    body = "Dzień dobry,\n\nzwrot przyjęty. Pieniądze oddamy w 14 dni.\n.\n\nFrom zespół"
    message_id = await put_in(database, outbox, subject="Zażółć gęślą jaźń", body=body)
    assert [letter.message_id for letter in await outbox.waiting()] == [message_id]
    clock.advance(timedelta(minutes=3))
    assert await mailer.send_due() == 1

    (envelope,) = office.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == ("pomoc@lesna-sciezka.example", ["ala@example.com"])
    mail = read(office.mails()[0])
    assert mail["Subject"] == "Zażółć gęślą jaźń"
    assert mail["From"].addresses[0].display_name == "Leśna Ścieżka"
    assert mail["Message-ID"] == message_id
    assert message_id.endswith("@lesna-sciezka.example>")
    assert mail["Date"].datetime == clock.now() - timedelta(minutes=3)
    assert mail["Auto-Submitted"] is None
    assert body_of(office.mails()[0]) == body + "\n"

    (row,) = await rows(database)
    assert (row.state, row.sent_at, row.attempts, row.error) == (SENT, clock.now(), 1, None)
    assert await outbox.waiting() == []
    assert await mailer.send_due() == 0


async def test_what_is_rolled_back_is_not_sent(
    database: Database, outbox: Outbox, mailer: Mailer, office: PostOffice
) -> None:
    with pytest.raises(RuntimeError):  # noqa: PT012 - leaving the block is what is tested
        async with database.transaction() as connection:
            await outbox.put(connection, to="ala@example.com", subject="Zwrot", body="")
            raise RuntimeError
    assert await mailer.send_due() == 0
    assert office.connections == 0


async def test_mails_of_a_thread_refer_to_each_other(
    database: Database, outbox: Outbox, mailer: Mailer, office: PostOffice, clock: SettableClock
) -> None:
    await put_in(database, outbox, thread_id="conversation-1", automatic=True)
    clock.advance(timedelta(seconds=1))
    await put_in(database, outbox, thread_id="conversation-1", reply_to_id="<theirs@example.com>")
    clock.advance(timedelta(seconds=1))
    await put_in(database, outbox, thread_id="conversation-2")
    await mailer.send_due()
    first, second, other = map(read, office.mails())
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["References"] == first["In-Reply-To"]
    assert second["References"] == f"{first['References']} <theirs@example.com>"
    assert second["In-Reply-To"] == "<theirs@example.com>"
    assert other["References"] != first["References"]
    assert "conversation-1" not in str(first)


async def test_a_refusal_for_now_is_tried_again_later_and_later(
    database: Database, outbox: Outbox, mailer: Mailer, office: PostOffice, clock: SettableClock
) -> None:
    await put_in(database, outbox)
    office.answers["RCPT"].append("450 4.2.1 Mailbox busy")
    office.answers["DATA"].append("451 4.3.0 Try later")
    assert await mailer.send_due() == 0
    (letter,) = await outbox.waiting()
    assert letter.next_try_at == clock.now() + timedelta(minutes=1)
    assert letter.error == "The mail server answered: 450 4.2.1 Mailbox busy."

    clock.advance(timedelta(seconds=59))
    assert await mailer.send_due() == 0
    assert office.connections == 1
    clock.advance(timedelta(seconds=1))
    assert await mailer.send_due() == 0
    (letter,) = await outbox.waiting()
    assert letter.next_try_at == clock.now() + timedelta(minutes=3)
    assert letter.error == "The mail server answered: 451 4.3.0 Try later."

    clock.advance(timedelta(minutes=3))
    assert await mailer.send_due() == 1
    (row,) = await rows(database)
    assert (row.state, row.attempts, row.error) == (SENT, 3, None)


async def test_after_eight_tries_it_is_given_up_with_the_reason(
    database: Database, outbox: Outbox, mailer: Mailer, office: PostOffice, clock: SettableClock
) -> None:
    await put_in(database, outbox)
    office.answers["DATA"].extend(f"451 4.3.0 No, {number}" for number in range(1, 20))
    waits = []
    while waiting := await outbox.waiting():
        waits.append((waiting[0].next_try_at - clock.now()).total_seconds() / 60)
        clock.advance(waiting[0].next_try_at - clock.now())
        await mailer.send_due()
    assert waits == [0, 1, 3, 9, 27, 81, 243, 360]
    (letter,) = await outbox.failed()
    assert (letter.state, letter.attempts) == (FAILED, TRIES)
    assert letter.error == "The mail server answered: 451 4.3.0 No, 8."
    clock.advance(timedelta(days=9))
    assert await mailer.send_due() == 0
    assert wait_after(100) == timedelta(hours=6)


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
async def test_a_refusal_for_good_is_given_up_at_once(
    database: Database, outbox: Outbox, mailer: Mailer, office: PostOffice, clock: SettableClock, command: str
) -> None:
    await put_in(database, outbox)
    clock.advance(timedelta(seconds=1))
    await put_in(database, outbox, to="ola@example.com")
    office.answers[command].append("550 5.1.1 No such mailbox")
    assert await mailer.send_due() == 1  # the other one
    (letter,) = await outbox.failed()
    assert letter.to_address == "ala@example.com"
    assert letter.error == "The mail server answered: 550 5.1.1 No such mailbox."
    assert await outbox.waiting() == []


async def test_a_server_out_of_reach_is_asked_once_a_round(database: Database, clock: SettableClock) -> None:
    async with opened(PostOffice()) as port:
        pass  # closed again: nobody listens there
    outbox, mailer = open_mail(database, clock, smtp_url=f"smtp://127.0.0.1:{port}", sender=SHOP)
    await put_in(database, outbox)
    await put_in(database, outbox)
    assert await mailer.send_due() == 0
    assert sorted(letter.attempts for letter in await outbox.waiting()) == [0, 1]
    assert any(f"127.0.0.1:{port}" in (letter.error or "") for letter in await outbox.waiting())


async def test_a_wrong_password_is_the_shops_to_mend_and_costs_no_mail(
    database: Database, clock: SettableClock, office: PostOffice
) -> None:
    def authenticate(
        _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, login: LoginPassword
    ) -> AuthResult:
        right = login == LoginPassword(b"pomoc@shop.example", "hasło/#".encode())
        return AuthResult(success=right, handled=False)

    async with opened(office, authenticator=authenticate, auth_require_tls=False) as port:
        wrong = f"smtp://pomoc%40shop.example:sekret123@127.0.0.1:{port}"
        outbox, mailer = open_mail(database, clock, smtp_url=wrong, sender=SHOP)
        await put_in(database, outbox)
        assert await mailer.send_due() == 0
        (letter,) = await outbox.waiting()
        assert "535" in (letter.error or "")
        assert "sekret123" not in (letter.error or "")

        clock.advance(timedelta(minutes=1))
        right = f"smtp://pomoc%40shop.example:has%C5%82o%2F%23@127.0.0.1:{port}"
        outbox, mailer = open_mail(database, clock, smtp_url=right, sender=SHOP)
        assert await mailer.send_due() == 1


async def test_starttls_is_tls_or_nothing(
    database: Database, clock: SettableClock, office: PostOffice, port: int
) -> None:
    url = f"smtp+starttls://127.0.0.1:{port}"
    outbox, mailer = open_mail(database, clock, smtp_url=url, sender=SHOP)
    await put_in(database, outbox)
    assert await mailer.send_due() == 0
    assert office.taken == []
    assert "STARTTLS" in ((await outbox.waiting())[0].error or "").upper()


async def test_a_crash_after_sending_sends_the_same_again(
    database: Database, outbox: Outbox, mailer: Mailer, office: PostOffice, clock: SettableClock, port: int
) -> None:
    await put_in(database, outbox)
    letter = await outbox.claim()
    assert letter is not None
    assert outbox.sender is not None
    server = SmtpServer.parse(f"smtp://127.0.0.1:{port}")
    await server.deliver(letter.compose(outbox.sender), sender=outbox.sender, to=letter.to_address)
    # … and here the first mailer dies.
    assert await mailer.send_due() == 0
    clock.advance(LEASE)
    assert await mailer.send_due() == 1
    first, second = office.mails()
    assert first == second


async def test_a_letter_that_kills_its_mailers_is_given_up(
    database: Database, outbox: Outbox, mailer: Mailer, office: PostOffice, clock: SettableClock
) -> None:
    await put_in(database, outbox)
    for _ in range(TRIES):
        assert await outbox.claim() is not None
        clock.advance(LEASE)
    assert await mailer.send_due() == 0
    assert office.connections == 0
    assert [letter.error for letter in await outbox.failed()] == ["Each try to send this was cut short."]


async def test_a_late_note_of_another_mailer_changes_nothing(
    database: Database, outbox: Outbox, clock: SettableClock
) -> None:
    await put_in(database, outbox)
    late = await outbox.claim()
    clock.advance(LEASE)
    held = await outbox.claim()
    assert late is not None
    assert held is not None
    await outbox.give_up(late, "too late")
    assert (await outbox.waiting()) == [held]
    await outbox.sent(late)  # but what has left has left
    assert (await rows(database))[0].state == SENT
    await outbox.defer(held, "broken")
    assert (await rows(database))[0].state == SENT


async def test_mailers_of_two_processes_send_each_letter_once(
    database: Database, outbox: Outbox, mailer: Mailer, office: PostOffice, clock: SettableClock, port: int
) -> None:
    ids = [await put_in(database, outbox) for _ in range(20)]
    async with AsyncExitStack() as stack:
        other = Database(database.url)
        stack.push_async_callback(other.close)
        _, second = open_mail(other, clock, smtp_url=f"smtp://127.0.0.1:{port}", sender=SHOP)
        sent = await asyncio.gather(mailer.send_due(), second.send_due())
    assert sum(sent) == 20
    assert sorted(read(mail)["Message-ID"] for mail in office.mails()) == sorted(ids)


async def test_running_it_wakes_up_for_new_mail(
    database: Database, clock: SettableClock, office: PostOffice, port: int
) -> None:
    outbox, _ = open_mail(database, clock, smtp_url=f"smtp://127.0.0.1:{port}", sender=SHOP)
    server = SmtpServer.parse(f"smtp://127.0.0.1:{port}")
    mailer = Mailer(outbox, server, look_seconds=3600)
    running = asyncio.create_task(mailer.run())
    for _ in range(2):
        await put_in(database, outbox)
        outbox.wake()
        await asyncio.wait_for(office.came.wait(), 20)
        office.came.clear()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert len(office.taken) == 2
    # Stopped right after the server took the second: it was noted all the same.
    assert [letter.state for letter in await rows(database)] == [SENT, SENT]


async def test_without_a_server_mail_waits(database: Database, clock: SettableClock) -> None:
    outbox, mailer = open_mail(database, clock, smtp_url=None, sender="")
    assert (outbox.can_send, mailer.can_send) == (False, False)
    await put_in(database, outbox)
    await asyncio.wait_for(mailer.run(), 5)
    assert await mailer.send_due() == 0
    assert [letter.attempts for letter in await outbox.waiting()] == [0]


async def test_an_address_with_polish_letters_is_written_to_where_the_server_can(
    database: Database, outbox: Outbox, mailer: Mailer, office: PostOffice, clock: SettableClock
) -> None:
    await put_in(database, outbox, to="żółw@łąka.example")
    assert await mailer.send_due() == 1
    assert office.taken[0].rcpt_tos == ["żółw@xn--ka-ola7v.example"]
    async with opened(office, enable_SMTPUTF8=False) as port:
        outbox, mailer = open_mail(database, clock, smtp_url=f"smtp://127.0.0.1:{port}", sender=SHOP)
        await put_in(database, outbox, to="żółw@łąka.example")
        assert await mailer.send_due() == 0
    assert "cannot write to this address" in ((await outbox.failed())[0].error or "")


@pytest.mark.parametrize("text", INJECTIONS)
async def test_what_would_inject_a_header_is_not_even_stored(
    database: Database, outbox: Outbox, text: str
) -> None:
    for fields in (
        {"subject": text},
        {"to": f"{text}@example.com"},
        {"to": f"ala@example.com{text}"},
        {"reply_to_id": f"<1@example.com>{text}"},
    ):
        with pytest.raises(InvalidInput):
            await put_in(database, outbox, **fields)
    assert await outbox.waiting() == []


async def test_naughty_strings_go_through_a_real_server_unharmed(
    database: Database, outbox: Outbox, mailer: Mailer, office: PostOffice
) -> None:
    wanted = []
    async with database.transaction() as connection:
        for text in [*naughty(), *INJECTIONS, ".\r\nMAIL FROM:<evil@example.com>\r\n", "..", "\n.\n"]:
            for to in ("ala@example.com", text):
                try:
                    await outbox.put(connection, to=to, subject=text, body=text)
                except InvalidInput:
                    if to != text:
                        await outbox.put(connection, to=to, subject="Refused", body=text)
                        wanted.append(("Refused", text))
                else:
                    wanted.append((text.strip(" "), text))
    assert await mailer.send_due() == len(wanted)
    assert {tuple(envelope.rcpt_tos) for envelope in office.taken} == {("ala@example.com",)}
    got = [(read(mail)["Subject"], body_of(mail)) for mail in office.mails()]
    clean = [(subject, lines(body).replace("\ud800", "\ufffd")) for subject, body in wanted]
    assert sorted(got) == sorted(clean)
    assert {tuple(read(mail).keys()) for mail in office.mails()} == {tuple(read(office.mails()[0]).keys())}


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", SmtpServer("smtp", "mail.example", 25)),
        ("smtps://mail.example/", SmtpServer("smtps", "mail.example", 465)),
        ("smtp+starttls://mail.example:2525", SmtpServer("smtp+starttls", "mail.example", 2525)),
        (
            "smtp+starttls://pomoc%40shop.example:p%40ss%2F%3A%23%C5%82@mail.example",
            SmtpServer("smtp+starttls", "mail.example", 587, "pomoc@shop.example", "p@ss/:#ł"),
        ),
    ],
)
def test_a_mail_server_is_named_by_a_url(url: str, server: SmtpServer) -> None:
    assert SmtpServer.parse(url) == server
    assert "p@ss" not in repr(server)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://mail.example:0x1",
        "smtp://mail.example:99999",
        "smtp://mail.example/path",
        "smtp://mail.example?x=1",
        "smtp://u:sekret#1@mail.example",
        "smtp://u:sek ret@mail.example",
        "smtp://u:sekret\n@mail.example",
        "smtp://user@mail.example",
        "smtp://:sekret@mail.example",
        "smtp://u:sekret/1@mail.example",
        "smtp://u:sekret\u2100@mail.example",
    ],
)
def test_a_url_that_makes_no_sense_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        SmtpServer.parse(url)
    assert "sek" not in refused.value.message


def test_a_password_in_the_open_is_noticed() -> None:
    assert SmtpServer.parse("smtp://u:p@mail.example").shows_password
    assert not SmtpServer.parse("smtp://u:p@localhost").shows_password
    assert not SmtpServer.parse("smtp://mail.example").shows_password
    assert not SmtpServer.parse("smtps://u:p@mail.example").shows_password
