"""The benchmarks of the chat and of the log run to their end and say what they found; no times."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from sqlalchemy import text

from conversation.log import Log
from foundation.clock import SystemClock
from foundation.database import Database
from foundation.errors import Misconfigured
from server.benches.chainlit import ChainlitSession
from server.benches.chat import does_not_fit, parse_kinds, parse_numbers
from server.benches.chat_report import NOTHING, chat_tables, goals
from server.benches.log import CALLS, LogPlan, log_table, measure, ratios
from server.benches.log_filling import fill, id_of
from server.migrate import migrate
from tests.postgres import bare_postgres_url
from tests.server.inside import command

KINDS = [("ours", kind) for kind in ("repeated", "distinct", "messages")] + [("bare", "60 tokens")]


def test_a_chat_server_is_measured_beside_the_bare_handler(loaded_demo: Path, tmp_path: Path) -> None:
    short = ("--sessions", "3", "--idle", "2", "--seconds", "0.5", "--think", "0.1")
    done = command(tmp_path / "data", "bench", "chat", *short, "--shop", str(loaded_demo), "--json")
    assert done.returncode == 0, done.stderr
    measured: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    assert {(row["sessions"], row["idle"], row["errors"]) for row in measured} == {(3, 2, 0)}
    at_rest = [row for row in measured if row["kind"] == NOTHING]
    assert [(row["server"], row["pace"], row["messages"]) for row in at_rest] == [
        ("ours", "paced", 0),
        ("bare", "paced", 0),
    ]
    asked = [row for row in measured if row["kind"] != NOTHING]
    found = [(row["server"], row["kind"], row["pace"]) for row in asked]
    assert sorted(found) == sorted((*each, pace) for each in KINDS for pace in ("paced", "closed"))
    for row in asked:
        assert row["messages"] > 0
        assert 0 < row["first"]["p50"] <= row["last"]["p50"] <= row["last"]["p95"]
        assert row["lag"]["p99"] >= 0
        if row["pace"] == "closed":
            assert row["cpu_ms"] > 0
        if row["kind"] == "repeated":
            assert row["cited"] > 0
    assert len(chat_tables(measured)) == 2
    assert any("event loop late" in line for line in goals(measured))
    assert not (tmp_path / "data" / "okienko.db").exists()


def row(server: str, kind: str, pace: str, sessions: int, **other: Any) -> dict[str, Any]:
    times = {"p50": 1.0, "p95": other.pop("p95", 2.0), "cpu": 1.0, "runs": 9}
    shares = {"cpu_share": 0.5, "load_share": 0.2, "cited": 1.0, "per_second": other.pop("per_second", 9.0)}
    named = {"server": server, "kind": kind, "pace": pace, "sessions": sessions, "messages": 9, "errors": 0}
    named |= {"idle": 0, "think_seconds": 5.0}
    measured = {"first": times, "last": times, "cpu_ms": 1.0, "kib_a_session": 30.0, "lag": None}
    return named | shares | measured | other


def test_every_goal_is_met_or_missed_in_words() -> None:
    late = {"p50": 1.0, "p99": 51.0, "max": 60.0}
    lines = goals(
        [
            row("ours", "messages", "closed", 200, cpu_ms=3.9, kib_a_session=99.0),
            row("ours", "repeated", "closed", 200, cpu_ms=4.1, kib_a_session=46.0),
            row("ours", "distinct", "closed", 200, cpu_ms=13.0, kib_a_session=98.0),
            row("ours", "repeated", "paced", 200, p95=21.0),
            row("bare", "60 tokens", "closed", 200),
            row("bare", "60 tokens", "paced", 200, p95=2.0),
            row("chainlit", "60 tokens", "closed", 200, cpu_ms=12.0),
            row("ours", "distinct", "paced", 1000, p95=249.0, errors=1, lag=late),
            row("ours", "messages", "paced", 5000, per_second=950.0),
        ]
    )
    assert [line.split(": ", 1)[0].split(", ", 1)[1] + ": " + line.split(": ")[-1] for line in lines] == [
        "CPU, messages ÷ bare, closed: met",
        "CPU, repeated ÷ bare, closed: missed",
        "CPU of a distinct question, closed: met",
        "CPU, distinct ÷ Chainlit, closed: missed",
        "first token p95, repeated − bare, paced: met",
        "memory a session, caches and all ÷ bare: missed",
        "first token p95, distinct, paced: missed",
        "event loop late, p99, distinct, paced: missed",
        "fan-out over 5000 sockets, paced: met",
    ]


def test_idle_sockets_count_for_the_fan_out_and_those_who_are_asked_too_seldom_do_not() -> None:
    lines = goals(
        [
            row("ours", "messages", "paced", 1000, idle=4000, think_seconds=1.0, per_second=899.0),
            row("ours", "messages", "paced", 2000, idle=4000, per_second=400.0),
            row("ours", "messages", "paced", 6000, errors=1, per_second=1200.0),
        ]
    )
    assert lines == [
        f"{sessions} sessions, fan-out over {sockets} sockets, paced: {found}, goal 1000 messages/s without "
        "error: missed"
        for sessions, sockets, found in (
            (1000, 5000, "899 messages/s, 0 errors"),
            (6000, 6000, "1200 messages/s, 1 errors"),
        )
    ]


def test_what_distinct_questions_leave_in_caches_is_not_a_sessions() -> None:
    rows = [
        row("ours", "repeated", "closed", 200, kib_a_session=45.0),
        row("ours", "messages", "closed", 200, kib_a_session=99.0),
        row("bare", "60 tokens", "closed", 200),
    ]
    said = "200 sessions, memory a session, caches and all ÷ bare: 1.5 (45 ÷ 30 KiB), goal ≤ 1.5: met"
    assert said in goals(rows)


def test_what_one_session_more_takes_is_judged_without_what_a_process_keeps_anyway() -> None:
    # 10 000 KiB of caches, 40 KiB a session; the bare handler has no caches.
    rows = [
        row("ours", "messages", "closed", sessions, idle=100, kib_a_session=40 + 10_000 / (sessions + 100))
        for sessions in (200, 1000)
    ]
    rows += [row("bare", "60 tokens", "closed", sessions, idle=100) for sessions in (200, 1000)]
    assert [line.split(", ", 1)[1] for line in goals(rows) if "memory" in line] == [
        "memory a session, caches and all ÷ bare: 2.4 (73 ÷ 30 KiB), goal ≤ 1.5: missed",
        "memory of a session above 200 ÷ bare: 1.3 (40 ÷ 30 KiB), goal ≤ 1.5: met",
    ]


def test_what_was_not_answered_is_shown_and_judged_by_nobody() -> None:
    silent = row("ours", "distinct", "closed", 200, messages=0, errors=200, first=None, last=None)
    assert goals([silent]) == []
    assert len(chat_tables([silent])) == 1


@pytest.mark.parametrize("written", ["", "many", "1,,2", "0", "30000"])
def test_numbers_that_are_none_are_refused(written: str) -> None:
    with pytest.raises(Misconfigured, match=r"--sessions .* up to 20000"):
        parse_numbers(written, "--sessions", 20_000)


def test_kinds_of_load_are_named_or_refused() -> None:
    assert parse_kinds("distinct, messages") == ("distinct", "messages")
    with pytest.raises(Misconfigured, match="repeated, distinct, messages"):
        parse_kinds("fast")


def test_more_sessions_than_files_are_left_out_with_a_sentence() -> None:
    assert does_not_fit(1) == ""
    assert "ulimit -n" in does_not_fit(10**9)


class Typed(ChainlitSession):
    """A session whose line is a list."""

    def __init__(self) -> None:
        super().__init__("ws://127.0.0.1:1/")
        self.sent: list[str] = []

    def send(self, text: str) -> None:
        self.sent.append(text)


async def test_chainlit_is_spoken_to_as_its_page_does() -> None:
    session = Typed()
    for packet in ('0{"sid":"x"}', '40{"sid":"y"}', '42["task_end",{}]', "2"):
        session.heard(packet)
    assert [packet[:26] for packet in session.sent] == [
        '40{"sessionId": "' + session.sent[0][17:26],
        '42["connection_successful"',
        "3",
    ]

    def answer() -> None:
        session.put("hello")
        for packet in ('42["task_start",{}]', '42["stream_token",{"token":"a"}]', '42["task_end",{}]'):
            session.heard(packet)

    took = await session.told(answer)
    assert 0 < took.first <= took.last
    assert '"output": "hello"' in session.sent[-1]


async def test_a_log_written_in_bulk_is_sealed_rightly(tmp_path: Path) -> None:
    database = Database.in_folder(tmp_path)
    await migrate(database)
    await fill(database, 25)
    log = Log(database, SystemClock())
    assert [await log.first_broken_seal(id_of(number)) for number in range(3)] == [None] * 3
    assert [len(await log.since(id_of(number), 0)) for number in range(3)] == [10, 10, 5]
    await database.close()


def test_what_a_chat_asks_of_the_log_is_timed_by_its_size(tmp_path: Path) -> None:
    done = command(tmp_path / "data", "bench", "log", "--events", "100,1000", "--runs", "10", "--json")
    assert done.returncode == 0, done.stderr
    measured = json.loads(done.stdout.splitlines()[-1])
    assert list(measured) == ["100", "1000"]
    for calls in measured.values():
        assert list(calls) == list(CALLS)
        assert all(0 < one["p50"] <= one["p95"] and one["runs"] == 10 for one in calls.values())
    assert log_table(measured).row_count == 2
    assert [line.split(",")[0] for line in ratios(measured)] == list(CALLS)


def test_a_log_that_slows_down_is_said_to() -> None:
    def times(p50: float) -> dict[str, Any]:
        return {name: {"p50": p50, "p95": 9.0, "cpu": 1.0, "runs": 10} for name in CALLS}

    lines = ratios({"1000000": times(2.1), "1000": times(1.0), "100000": times(9.0)})
    assert lines[0] == "resume, 1000000 ÷ 1000 events: p50 2.10, p95 1.00, goal p50 ≤ 2: missed"
    assert ratios({"1000": times(1.0)}) == []


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("sqlite:///x", "must name a PostgreSQL server"),
        ("nonsense", "must name a PostgreSQL server"),
        ("postgresql://nobody@127.0.0.1:1/x", "Check that it runs"),
    ],
)
def test_a_server_that_cannot_be_used_is_said_to_be(tmp_path: Path, url: str, why: str) -> None:
    done = command(tmp_path / "data", "bench", "log", "--events", "10", "--database-url", url)
    assert done.returncode == 2
    assert why in done.stderr


async def test_the_log_in_postgres_is_timed_in_databases_that_are_gone_again() -> None:
    async with bare_postgres_url() as url:
        plan = LogPlan((100, 1000), 10, url)
        measured = await measure(plan, Console(file=io.StringIO()))
        assert all(one["p50"] > 0 for calls in measured.values() for one in calls.values())
        database = Database(url)
        async with database.reading() as connection:
            left = await connection.scalars(text("SELECT datname FROM pg_database"))
            assert not [name for name in left if name.startswith("okienko_bench_")]
        await database.close()
