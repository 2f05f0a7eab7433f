"""`okienko bench chat`: what a chat server carries, by sessions; ours beside a bare handler and Chainlit.

Each server is a fresh process on one core for every number of sessions, the load comes from another core.
Ours is the demo shop on SQLite with its limits off; three kinds of load are told apart: messages of an agent,
questions that were asked before, questions that nobody has asked; before them, nothing is said for a while.
Shoppers here mark nothing as seen, which a widget does once an answer is on the screen. Memory a session is
all that the process has grown by, caches and connections to the database too: what one session more takes is
seen between two numbers of sessions.
"""

from __future__ import annotations

import asyncio
import json
import resource
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

from foundation.errors import Misconfigured, Unavailable
from server.benches.chainlit import SOCKET, ChainlitSession, chainlit_server, install
from server.benches.chat_entry import TOKENS
from server.benches.chat_line import BareSession, Lost, Session, ShopperSession, Took
from server.benches.chat_load import Ask, Pace, asking, drive, open_all, rest
from server.benches.chat_report import NOTHING, chat_tables, goals
from server.benches.chat_servers import Cores, Probing, Server, bound_to, make_shop, our_kind, probing
from server.benches.corpus import questions
from server.benches.start import open_session
from server.serving import new_event_loop
from server.settings import Settings
from server.telling import printer

REPEATED = 20
"""So many questions are asked again and again."""

KINDS = ("repeated", "distinct", "messages")
"""Questions asked before, questions that nobody has asked, messages of an agent; in this order."""

REST_SECONDS = 10.0
"""The longest that nothing is said before the load comes; sockets look for themselves every five seconds."""

WARM = 20
_PASSAGES = 200
_QUESTIONS_A_SECOND = 400
_SPARE_FILES = 200

Measured = list[dict[str, Any]]
"""A row for every server, number of sessions, kind of load and pace."""

Opens = Callable[[], Awaitable[Session]]


@dataclass(frozen=True, slots=True)
class ChatPlan:
    """What to measure.

    Attributes:
        sessions: Numbers of sessions.
        seconds: So long at each number, for each kind and pace.
        think_seconds: From an answer to the next question, where people think.
        kinds: Of `KINDS`, those that are put to our server.
        idle: So many more sessions are open at each number, and say nothing.
        shop: Folder of a shop, of which a copy is served; None: the demo shop.
        chainlit: Folder of Chainlit's environment; None: not measured.
        chainlit_up_to: It is left out above so many sessions: it takes minutes there.
    """

    sessions: tuple[int, ...]
    seconds: float = 20.0
    think_seconds: float = 5.0
    kinds: tuple[str, ...] = KINDS
    idle: int = 0
    shop: Path | None = None
    chainlit: Path | None = None
    chainlit_up_to: int = 200

    @property
    def paces(self) -> tuple[Pace, Pace]:
        """Both paces, the gentle one first."""
        return Pace("paced", self.think_seconds, self.seconds), Pace("closed", 0.0, self.seconds)


def parse_numbers(text: str, option: str, most: int) -> tuple[int, ...]:
    """Read ``1,50,200``.

    Raises:
        Misconfigured: It is no list of numbers from 1 to `most`.
    """
    try:
        numbers = tuple(int(part) for part in text.split(","))
    except ValueError:
        numbers = ()
    if not numbers or not all(1 <= number <= most for number in numbers):
        raise Misconfigured(f"{option} {text!r} is no list of numbers up to {most}: write it like 1,50,200.")
    return numbers


def parse_kinds(text: str) -> tuple[str, ...]:
    """Read ``repeated,messages``.

    Raises:
        Misconfigured: One is none of `KINDS`.
    """
    kinds = tuple(part.strip() for part in text.split(","))
    if not set(kinds) <= set(KINDS):
        raise Misconfigured(f"--kinds {text!r}: they are {', '.join(KINDS)}.")
    return kinds


def bench_chat(settings: Settings, plan: ChatPlan, *, as_json: bool) -> None:
    """Measure and print."""
    told = Console(stderr=True, highlight=False)
    cores = Cores.found()
    told.print(f"Bound: {cores}.")
    with bound_to(cores.load), asyncio.Runner(loop_factory=new_event_loop) as runner:
        measured = runner.run(measure(settings, plan, cores, told))
    if as_json:
        print(json.dumps(measured))
        return
    console = printer()
    for table in chat_tables(measured):
        console.print(table)
    for line in goals(measured):
        console.print(line)


async def measure(settings: Settings, plan: ChatPlan, cores: Cores, told: Console) -> Measured:
    """Return what was measured. Raises Unavailable if a server of ours does not start."""
    measured: Measured = []
    python = _chainlit_python(plan, told)
    with Progress(console=told) as bar, tempfile.TemporaryDirectory(prefix="okienko-bench-") as root:
        shop, beside = plan.shop or Path(root) / "shop", Path(root) / "chainlit"
        beside.mkdir()
        if plan.shop is None:
            task = bar.add_task("the demo shop", total=None)
            await asyncio.to_thread(make_shop, settings, shop)
            bar.remove_task(task)
        for number in plan.sessions:
            if why := does_not_fit(number + plan.idle):
                told.print(why)
                continue
            for name in ("ours", "bare", *(["chainlit"] if python else [])):
                if name == "chainlit" and number > plan.chainlit_up_to:
                    told.print(f"{number} sessions: Chainlit is left out above {plan.chainlit_up_to}.")
                    continue
                run = _Level(number, plan, settings, bar, measured)
                if name != "chainlit":
                    await run.of(name, our_kind(name, settings, shop, cores))
                elif python:
                    await run.of(name, chainlit_server(python, beside, cores, TOKENS))
    return measured


def does_not_fit(sessions: int) -> str:
    """Return a sentence if so many sessions need more open files than we may have; else nothing."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if limit == resource.RLIM_INFINITY or sessions + _SPARE_FILES <= limit:
        return ""
    return (
        f"{sessions} sessions are left out: a process may open {limit} files. "
        f"Try: ulimit -n {sessions + _SPARE_FILES}"
    )


def _chainlit_python(plan: ChatPlan, told: Console) -> Path | None:
    if plan.chainlit is None:
        return None
    try:
        return install(plan.chainlit, told)
    except Unavailable as error:
        told.print(f"{error.message} It is left out.")
        return None


class _Level:
    """One number of sessions, one server after the other."""

    def __init__(
        self, number: int, plan: ChatPlan, settings: Settings, bar: Progress, measured: Measured
    ) -> None:
        self._number, self._plan, self._settings = number, plan, settings
        self._bar, self._measured = bar, measured
        self._all = number + plan.idle
        self._open: list[Session] = []
        self._server = ""

    async def of(self, name: str, running: AbstractAsyncContextManager[Server]) -> None:
        """Measure all kinds and paces of one server, and add the rows."""
        self._server = name
        async with running as server, probing(server) as probe:
            opens = self._opens(server)
            if name == "ours":
                made = _texts(self._plan)
                old, new = made[: REPEATED + WARM], iter(made[REPEATED + WARM :])
                await _warm_up(opens, old)
                async with self._opened(server, opens) as (sessions, kib):
                    await self._rests(server, probe, kib)
                    if "repeated" in self._plan.kinds:
                        again = asking(cycle(old[:REPEATED]))
                        await self._runs(server, probe, sessions, kib, "repeated", again)
                    if "distinct" in self._plan.kinds:
                        await self._runs(server, probe, sessions, kib, "distinct", asking(new))
                    if probe and "messages" in self._plan.kinds:
                        await self._messages(server, probe, sessions, kib)
                return
            await _warm_up(opens, ["hello"] * WARM)
            async with self._opened(server, opens) as (sessions, kib):
                await self._rests(server, probe, kib)
                await self._runs(server, probe, sessions, kib, "60 tokens", asking(cycle(["hello"])))

    def _opens(self, server: Server) -> Opens:
        url = f"ws://127.0.0.1:{server.port}"

        async def ours() -> Session:
            request = {"site_key": self._settings.site_key, "locale": "pl"}
            return ShopperSession(f"{url}/v1/chat", await open_session(server.port, request, server.process))

        async def bare() -> Session:
            return BareSession(f"{url}/v1/chat")

        async def chainlit() -> Session:
            return ChainlitSession(f"{url}/{SOCKET}")

        return {"ours": ours, "bare": bare, "chainlit": chainlit}[self._server]

    @asynccontextmanager
    async def _opened(self, server: Server, opens: Opens) -> AsyncIterator[tuple[list[Session], float]]:
        """Open all sessions; give those that will say something, and the server's KiB before."""
        task = self._bar.add_task(f"{self._all} sessions, {self._server}: opening", total=None)
        before = server.resident_kib()
        opened, refused = await open_all(opens, self._all)
        self._bar.remove_task(task)
        if refused:
            self._bar.console.print(f"{self._server}: {refused} of {self._all} sessions were not opened.")
        self._open = opened
        try:
            yield opened[: self._number], before
        finally:
            for session in opened:
                session.close()

    async def _messages(
        self, server: Server, probe: Probing, sessions: list[Session], kib_before: float
    ) -> None:
        await probe.take([each.conversation_id for each in sessions if isinstance(each, ShopperSession)])

        def say(session: Session) -> Awaitable[Took]:
            assert isinstance(session, ShopperSession)
            return session.told(lambda: probe.say(session.conversation_id))

        await self._runs(server, probe, sessions, kib_before, "messages", say)

    async def _runs(
        self,
        server: Server,
        probe: Probing | None,
        sessions: list[Session],
        kib_before: float,
        kind: str,
        ask: Ask,
    ) -> None:
        for pace in self._plan.paces:
            task = self._bar.add_task(
                f"{self._number} sessions, {self._server}: {kind}, {pace.name}", total=None
            )
            still = [each for each in sessions if not each.broken]
            row = await drive(server, probe, still, ask, pace)
            # Who says nothing must still be there, too.
            idle = sum(not each.broken for each in self._open[self._number :])
            row["errors"] += self._number - len(still) + self._plan.idle - idle
            self._add(server, kib_before, kind, row)
            self._bar.remove_task(task)

    async def _rests(self, server: Server, probe: Probing | None, kib_before: float) -> None:
        task = self._bar.add_task(f"{self._all} sessions, {self._server}: nothing is said", total=None)
        row = await rest(server, probe, min(self._plan.seconds, REST_SECONDS))
        row["errors"] += self._all - sum(not each.broken for each in self._open)
        self._add(server, kib_before, NOTHING, row)
        self._bar.remove_task(task)

    def _add(self, server: Server, kib_before: float, kind: str, row: dict[str, Any]) -> None:
        """Add what was measured, and of whom."""
        kib = (server.resident_kib() - kib_before) / self._all
        returned = sum(each.returned for each in self._open if isinstance(each, ShopperSession))
        named = {"server": self._server, "sessions": self._number, "idle": self._plan.idle, "kind": kind}
        self._measured.append(named | row | {"kib_a_session": kib, "returned": returned})


@cache
def _texts(plan: ChatPlan) -> list[str]:
    """Return different questions, enough for everybody."""
    number = REPEATED + WARM + int(2 * _QUESTIONS_A_SECOND * max(1.0, plan.seconds)) + 2 * max(plan.sessions)
    return [question.text for question in questions(number, _PASSAGES)]


async def _warm_up(opens: Opens, texts: list[str]) -> None:
    """Ask each text once, in one session, before anything counts.

    Raises:
        Unavailable: There is no answer.
    """
    try:
        async with asyncio.timeout(120):
            session = await opens()
            await session.open()
            for text in texts:
                await session.ask(text)
            session.close()
    except (Lost, OSError, TimeoutError) as error:
        raise Unavailable(f"A server of the benchmark does not answer: {error or 'in time'}.") from error
