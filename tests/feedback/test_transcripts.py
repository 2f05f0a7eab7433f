"""A transcript holds everything, in order, and says how each answer came about."""

from __future__ import annotations

import pytest

from conversation.events import ASSISTANT, SYSTEM, Audience, Author, AuthorKind, Draft, Kind
from conversation.log import Log
from conversation.turns import Turns
from feedback.transcripts import Source, Transcripts
from foundation.clock import SettableClock
from foundation.database import Database
from foundation.errors import NotFound
from foundation.language import Language
from tests.feedback.history import Story


async def test_every_event_of_both_audiences_in_order(history: Database, stories: list[Story]) -> None:
    transcripts = Transcripts(history)
    noted = [s for s in stories if any(step.draft.kind is Kind.NOTE for step in s.steps)][:3]
    assert noted
    for story in [*noted, *stories[:10]]:
        found = await transcripts.read(story.id)
        assert [told.event.kind for told in found.told] == [step.draft.kind for step in story.steps]
        assert [told.event.content for told in found.told] == [step.draft.content for step in story.steps]
        assert [told.event.position for told in found.told] == list(range(1, len(story.steps) + 1))
        traces = [told.trace for told in found.told if told.trace is not None]
        assert [trace.confidence for trace in traces] == [r["record"]["confidence"] for r in story.records]
        assert [trace.outcome for trace in traces] == [reply.outcome for reply in story.replies]


async def test_an_answer_written_by_the_real_log_has_its_trace(
    database: Database, clock: SettableClock
) -> None:
    log, turns = Log(database, clock), Turns(database, clock)
    conversation = await log.open(visitor_id="v", language=Language.PL, opening=[])
    shopper = Author(AuthorKind.SHOPPER, "v")
    await log.receive(conversation.id, Draft(Kind.MESSAGE, shopper, {"body": "Ile?"}, cid="q1"))
    turn = await turns.claim("w")
    assert turn is not None
    citation = {"passage_id": "pl/a#1", "title": "A", "quote": "12,99 zł"}
    reply = Draft(
        Kind.MESSAGE,
        ASSISTANT,
        {"body": "12,99 zł", "citations": [citation], "outcome": "answered"},
        cid=turn.reply_cid,
        generated=True,
    )
    record = {
        "outcome": "answered",
        "intent": "question",
        "confidence": 0.9,
        "stage_ms": {"understand": 1.0, "retrieve": 5.5},
        "passages": ["pl/a#1", "pl/b#2"],
        "dropped": [["Za darmo.", "unsupported_amount: 0"]],
    }
    await turns.finish(turn, reply, record=record)
    await log.append(conversation.id, [Draft(Kind.NOTE, SYSTEM, {"body": "pst"}, audience=Audience.STAFF)])
    question, answer, note = (await Transcripts(database).read(conversation.id)).told
    assert (question.body, question.trace, note.body, note.trace) == ("Ile?", None, "pst", None)
    assert answer.trace is not None
    assert answer.trace.intent == "question"
    assert answer.trace.total_ms == 6.5
    assert answer.trace.sources == (Source("pl/a#1", "A", "12,99 zł"), Source("pl/b#2"))
    assert answer.trace.dropped == (("Za darmo.", "unsupported_amount: 0"),)


async def test_an_unknown_one_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound):
        await Transcripts(database).read("nobody")
