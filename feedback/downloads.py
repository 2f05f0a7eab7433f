"""The tables of the owner's pages as rows for a spreadsheet. Pure. Column names are stable, in English.

Rates are shares from 0 to 1, times are seconds, moments are in the shop's zone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from feedback.archive import Row
from feedback.gaps import Gap
from feedback.ports import Account
from feedback.reports import Overview, Satisfaction
from feedback.sheet import Cell, Table
from feedback.transcripts import Transcript

_SATISFACTION = ("asked", "answers", "response_rate", "csat")


def figures(of: Overview) -> Table:
    """Return every single figure, one a row."""
    times = {
        "first_response": of.first_response,
        "person_response": of.person_response,
        "resolution": of.resolution,
    }
    rows: list[Sequence[Cell]] = [
        ("first_day", of.period.first),
        ("last_day", of.period.last),
        ("conversations", of.conversations),
        ("shopper_messages", of.shopper_messages),
        ("assistant_messages", of.assistant_messages),
        ("agent_messages", of.agent_messages),
        ("answered_by_assistant_alone", of.by_assistant),
        ("answered_by_assistant_alone_rate", of.assistant_rate),
        ("handed_off", of.handed_off),
        ("handoff_rate", of.handoff_rate),
        ("unanswered", of.unanswered),
        ("resolved", of.resolved),
        ("resolved_without_person", of.contained),
        ("containment", of.containment),
        *zip((f"rating_{name}" for name in _SATISFACTION), _satisfaction(of.satisfaction), strict=True),
    ]
    for name, took in times.items():
        rows += [
            (f"{name}_count", took.count),
            (f"{name}_median_seconds", took.median_seconds),
            (f"{name}_p90_seconds", took.p90_seconds),
        ]
    return ("figure", "value"), rows


def servers(of: Overview) -> Table:
    """Return the satisfaction with the assistant and each agent."""
    rows = [(row.kind, row.id, row.name, *_satisfaction(row)) for row in of.servers]
    return ("served_by", "id", "name", *_SATISFACTION), rows


def reasons(of: Overview) -> Table:
    """Return why people were asked for."""
    return ("reason", "conversations"), of.reasons


def days(of: Overview) -> Table:
    """Return volume and satisfaction by day."""
    rows = [(day.day, day.conversations, *_satisfaction(day.satisfaction)) for day in of.days]
    return ("day", "conversations", *_SATISFACTION), rows


def conversations(rows: Iterable[Row]) -> Table:
    """Return the list of conversations."""
    header = (
        "conversation_id",
        "began_at",
        "language",
        "status",
        "outcomes",
        "agents",
        "rating",
        "shopper_messages",
        "assistant_messages",
        "agent_messages",
        "handed_off_at",
        "resolved_at",
        "question",
    )
    return header, (
        (
            row.fact.id,
            row.fact.began_at,
            row.fact.language,
            row.fact.status,
            " ".join(row.outcomes),
            ", ".join(row.agents),
            row.score,
            row.fact.asked,
            row.fact.replied,
            row.fact.agent_said,
            row.fact.requested_at,
            row.fact.resolved_at,
            row.question,
        )
        for row in rows
    )


def transcript(of: Transcript) -> Table:
    """Return every event of a conversation."""
    header = ("position", "at", "audience", "kind", "author", "author_name", "text", "content", "intent")
    more = ("subject", "confidence", "milliseconds", "passages")
    return (*header, *more), (
        (
            told.event.position,
            told.event.ts,
            told.event.audience.value,
            told.event.kind.value,
            told.event.author.kind.value,
            told.event.author.name,
            told.body,
            json.dumps(dict(told.event.content), ensure_ascii=False, sort_keys=True),
            told.trace.intent if told.trace else None,
            told.trace.subject if told.trace else None,
            told.trace.confidence if told.trace else None,
            round(told.trace.total_ms, 2) if told.trace else None,
            " ".join(source.passage_id for source in told.trace.sources) if told.trace else None,
        )
        for told in of.told
    )


def gaps(found: Iterable[Gap]) -> Table:
    """Return the questions that were not met."""
    header = ("question", "language", "times", "abstained", "low_rated", "last_asked_at", "conversations")
    return header, (
        (
            gap.question,
            gap.language,
            gap.count,
            gap.abstained,
            gap.low_rated,
            gap.asked_at,
            " ".join(gap.conversation_ids),
        )
        for gap in found
    )


def staff(accounts: Iterable[Account]) -> Table:
    """Return the shop's people."""
    return ("name", "email", "role", "sessions", "seen_at"), (
        (a.staff.name, a.staff.email, a.staff.role.value, a.sessions, a.seen_at) for a in accounts
    )


def _satisfaction(of: Satisfaction) -> tuple[Cell, ...]:
    return of.asked, of.answers, of.response_rate, of.score
