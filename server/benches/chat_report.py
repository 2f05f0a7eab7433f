"""What `okienko bench chat` prints: tables, ratios, and goals met or missed. Pure."""

from __future__ import annotations

from typing import Any

from rich.table import Table

TIMES_BARE_CPU = 4.0
"""Goal: CPU a message of an agent, or a question asked before, by that of the bare handler."""
DISTINCT_CPU_MS = 14.0
"""Goal: CPU of a distinct question; also no more than Chainlit's, where that was measured."""
REPEATED_OVER_BARE_MS = 20.0
"""Goal: first token p95 of repeated questions over the bare handler's, `REPEATED_AT` sessions, paced."""
REPEATED_AT = 200
DISTINCT_P95_MS = 250.0
"""Goal: first token p95 of distinct questions, `DISTINCT_AT` sessions, paced, and no error."""
DISTINCT_AT = 1000
FAN_OUT_AT, FAN_OUT_PER_SECOND = 5000, 1000
"""Goal: so many sockets, idle ones among them, and so many messages of agents a second, without error."""
TIMES_BARE_KIB = 1.5
"""Goal: memory of one session more after traffic, by that of the bare handler."""
LAG_P99_MS = 50.0
"""Goal: how late the event loop is while distinct questions are embedded, paced."""

MANY = 50
"""From so many sessions on a ratio says something: below, what a process does anyway is more."""

MORE = 500
"""So many sessions more say what one takes: what a process keeps anyway differs less from run to run."""

NOTHING = "nothing"
"""The load where nobody says anything."""

_ANSWERS = "60 tokens"


def chat_tables(measured: list[dict[str, Any]]) -> list[Table]:
    """Return what was measured as tables: one for every pace."""
    return [_table(pace, rows) for pace, rows in _by_pace(measured).items()]


def goals(measured: list[dict[str, Any]]) -> list[str]:
    """Return ratios and whether each goal is met, in sentences; of what was not measured nothing."""
    found = {(row["server"], row["sessions"], row["kind"], row["pace"]): row for row in measured}
    lines = []
    levels = [_Found(found, sessions) for sessions in dict.fromkeys(row["sessions"] for row in measured)]
    for level in levels:
        fewer = [each for each in levels if MANY <= each.sessions <= level.sessions - MORE]
        below = max(fewer, key=lambda each: each.sessions, default=None)
        lines += [*_cpu(level), *_first_token(level), *_memory(level, below), *_lag(level)]
    return lines


class _Found:
    """The rows of one number of sessions."""

    def __init__(self, rows: dict[tuple[str, int, str, str], dict[str, Any]], sessions: int) -> None:
        self._rows, self.sessions = rows, sessions

    def ours(self, kind: str, pace: str) -> dict[str, Any] | None:
        """Return the row of a kind; None if nothing was answered."""
        return self._answered(("ours", self.sessions, kind, pace))

    def other(self, server: str, pace: str) -> dict[str, Any] | None:
        """Return the row of another server; None if nothing was answered, or it was not measured."""
        return self._answered((server, self.sessions, _ANSWERS, pace))

    def after_traffic(self, server: str) -> dict[str, Any] | None:
        """Return the row of a server by which a session's memory is judged. None as in `ours`.

        Of ours the one after questions that were asked before: what distinct ones leave in caches, which are
        bounded, grows with questions and not with sessions, and more sessions ask more of them.
        """
        if server != "ours":
            return self.other(server, "closed")
        return self.ours("repeated", "closed") or self.ours("messages", "closed")

    def _answered(self, key: tuple[str, int, str, str]) -> dict[str, Any] | None:
        row = self._rows.get(key)
        return row if row and row["messages"] else None

    def says(self, what: str, found: str, goal: str, met: bool) -> str:
        """Return a sentence about a goal."""
        return f"{self.sessions} sessions, {what}: {found}, goal {goal}: {'met' if met else 'missed'}"


def _cpu(level: _Found) -> list[str]:
    bare, chainlit = level.other("bare", "closed"), level.other("chainlit", "closed")
    lines = []
    for kind in ("messages", "repeated"):
        ours = level.ours(kind, "closed")
        if ours and bare and bare["cpu_ms"] and level.sessions >= MANY:
            ratio = ours["cpu_ms"] / bare["cpu_ms"]
            said = f"CPU, {kind} ÷ bare, closed"
            lines.append(level.says(said, f"{ratio:.1f}", f"≤ {TIMES_BARE_CPU:.0f}", ratio <= TIMES_BARE_CPU))
    ours = level.ours("distinct", "closed")
    if ours and level.sessions >= MANY:
        cpu = ours["cpu_ms"]
        said = "CPU of a distinct question, closed"
        lines.append(level.says(said, f"{cpu:.1f} ms", f"≤ {DISTINCT_CPU_MS:.0f} ms", cpu <= DISTINCT_CPU_MS))
        if chainlit and chainlit["cpu_ms"]:
            ratio = cpu / chainlit["cpu_ms"]
            lines.append(level.says("CPU, distinct ÷ Chainlit, closed", f"{ratio:.2f}", "≤ 1", ratio <= 1))
    return lines


def _first_token(level: _Found) -> list[str]:
    lines = []
    repeated, bare = level.ours("repeated", "paced"), level.other("bare", "paced")
    if level.sessions == REPEATED_AT and repeated and bare:
        over = repeated["first"]["p95"] - bare["first"]["p95"]
        said, goal = "first token p95, repeated − bare, paced", f"≤ {REPEATED_OVER_BARE_MS:.0f} ms"
        lines.append(level.says(said, f"{over:.1f} ms", goal, over <= REPEATED_OVER_BARE_MS))
    distinct = level.ours("distinct", "paced")
    if level.sessions == DISTINCT_AT and distinct:
        p95, errors = distinct["first"]["p95"], distinct["errors"]
        said, goal = "first token p95, distinct, paced", f"< {DISTINCT_P95_MS:.0f} ms without error"
        met = p95 < DISTINCT_P95_MS and not errors
        lines.append(level.says(said, f"{p95:.1f} ms, {errors} errors", goal, met))
    fan_out = level.ours("messages", "paced")
    if fan_out and _sockets(fan_out) >= FAN_OUT_AT and _asked_a_second(fan_out) >= FAN_OUT_PER_SECOND:
        found = f"{fan_out['per_second']:.0f} messages/s, {fan_out['errors']} errors"
        met = not fan_out["errors"] and fan_out["per_second"] >= 0.9 * FAN_OUT_PER_SECOND
        said = f"fan-out over {_sockets(fan_out)} sockets, paced"
        lines.append(level.says(said, found, f"{FAN_OUT_PER_SECOND} messages/s without error", met))
    return lines


def _sockets(row: dict[str, Any]) -> int:
    return int(row["sessions"] + row["idle"])


def _asked_a_second(row: dict[str, Any]) -> float:
    return float(row["sessions"] / row["think_seconds"])


def _memory(level: _Found, below: _Found | None) -> list[str]:
    """Judge what one session more takes; without a `below`, all that the process has grown by."""
    kib = {}
    for server in ("ours", "bare"):
        row = level.after_traffic(server)
        less = below and below.after_traffic(server)
        if row is None or level.sessions < MANY:
            return []
        grown, sockets = row["kib_a_session"] * _sockets(row), _sockets(row)
        if less:
            grown, sockets = grown - less["kib_a_session"] * _sockets(less), sockets - _sockets(less)
        kib[server] = grown / sockets
    if kib["bare"] <= 0:
        return []
    ratio = kib["ours"] / kib["bare"]
    said = f"memory of a session above {below.sessions}" if below else "memory a session, caches and all"
    found = f"{ratio:.1f} ({kib['ours']:.0f} ÷ {kib['bare']:.0f} KiB)"
    return [level.says(f"{said} ÷ bare", found, f"≤ {TIMES_BARE_KIB}", ratio <= TIMES_BARE_KIB)]


def _lag(level: _Found) -> list[str]:
    distinct = level.ours("distinct", "paced")
    if not distinct or not distinct["lag"]:
        return []
    p99 = distinct["lag"]["p99"]
    said, goal = "event loop late, p99, distinct, paced", f"< {LAG_P99_MS:.0f} ms"
    return [level.says(said, f"{p99:.1f} ms", goal, p99 < LAG_P99_MS)]


def _by_pace(measured: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in measured:
        found.setdefault(row["pace"], []).append(row)
    return found


def _table(pace: str, rows: list[dict[str, Any]]) -> Table:
    how = {"paced": "people think between questions", "closed": "the next question at once"}[pace]
    title = f"{pace}: {how}; milliseconds, CPU of the server, shares of one core"
    table = Table(title=title, box=None, title_justify="left")
    for column in ("sessions", "server", "load"):
        table.add_column(column)
    columns = ("messages", "/s", "errors", "first p50", "p95", "last p50", "p95", "CPU", "KiB a session")
    for column in (*columns, "late p99", "server", "load", "sourced"):
        table.add_column(column, justify="right")
    for row in rows:
        ours = row["server"] == "ours" and row["kind"] not in ("messages", NOTHING)
        times = [
            row[part][rank] if row[part] else None for part in ("first", "last") for rank in ("p50", "p95")
        ]
        table.add_row(
            f"{row['sessions']} + {row['idle']}" if row["idle"] else str(row["sessions"]),
            row["server"],
            row["kind"],
            str(row["messages"]),
            f"{row['per_second']:.0f}",
            str(row["errors"]),
            *("" if time is None else f"{time:.1f}" for time in times),
            f"{row['cpu_ms']:.2f}",
            f"{row['kib_a_session']:.0f}" if _sockets(row) >= MANY else "",
            f"{row['lag']['p99']:.1f}" if row["lag"] else "",
            f"{row['cpu_share']:.0%}",
            f"{row['load_share']:.0%}",
            f"{row['cited']:.0%}" if ours else "",
        )
    return table
