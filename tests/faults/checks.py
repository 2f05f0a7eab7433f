"""What must hold when a run is over: the log in the database against what every client has seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from conversation.events import Audience, AuthorKind, Event, Kind
from conversation.frames import view as frame_of
from conversation.log import Log
from conversation.tables import events, turns
from foundation.clock import SystemClock
from foundation.database import Database
from tests.faults.run import Run
from tests.faults.view import View, bare


async def check(run: Run, database: Database, last: Iterable[View], earlier: Iterable[View]) -> None:
    """Compare every conversation with its clients' views; what is wrong goes into the run's findings.

    Args:
        run: What was counted so far; a run that was broken off need not be complete.
        database: The shop's, with no server on it any more.
        last: Views whose clients have looked to the end.
        earlier: Views that their clients left before.
    """
    log = Log(database, SystemClock())
    whole = not run.broken_off
    for complete, views in ((whole, last), (False, earlier)):
        for view in views:
            transcript = await log.transcript(view.conversation_id)
            if await log.first_broken_seal(view.conversation_id) is not None:
                run.found("seal", view.conversation_id)
            status = (await log.conversation(view.conversation_id)).status.value
            check_log(run, transcript, pending=whole and status == "pending")
            check_view(run, view, transcript, complete=complete)
    async with database.reading() as connection:
        left = await connection.scalar(
            select(func.count()).select_from(turns).where(turns.c.state.in_(["waiting", "running"]))
        )
        tries = await connection.scalar(select(func.max(turns.c.attempts)))
        run.counts["turns_tried_again"] = (
            await connection.scalar(select(func.count()).select_from(turns).where(turns.c.attempts > 1)) or 0
        )
        run.counts["interrupted"] = (
            await connection.scalar(
                select(func.count()).select_from(events).where(events.c.kind == Kind.INTERRUPTED.value)
            )
            or 0
        )
    run.counts["most_tries"] = tries or 0
    if left and whole:
        run.found("turns_left", f"{left} turns are waiting or running")


def check_log(run: Run, transcript: Sequence[Event], *, pending: bool) -> None:
    """Check one conversation's log by itself."""
    where = transcript[0].conversation_id
    if [event.position for event in transcript] != list(range(1, len(transcript) + 1)):
        run.found("position", where)
    for audience in Audience:
        seqs = [event.seq for event in transcript if event.audience is audience]
        if seqs != list(range(1, len(seqs) + 1)):
            run.found("seq", f"{where} {audience}: {seqs}")
    _check_answers(run, transcript, pending=pending)
    _check_silence(run, transcript)


def _check_answers(run: Run, transcript: Sequence[Event], *, pending: bool) -> None:
    """Each message is answered by one reply, its own or of one after it, or was given to a person."""
    seqs = {f"r:{event.cid}": event.seq for event in transcript if event.author.kind is AuthorKind.SHOPPER}
    answered = 0
    for event in transcript:
        if event.author.kind is not AuthorKind.ASSISTANT or event.audience is not Audience.SHOPPER:
            continue
        if event.cid is None:
            continue  # what the chat opens with answers nothing
        target = seqs.get(event.cid)
        if target is None or not answered < target < event.seq:
            run.found("answered_twice", f"{event.conversation_id}: seq {event.seq} answers {event.cid}")
        else:
            answered = target
    changed = max((e.seq for e in transcript if e.kind is Kind.STATUS_CHANGED), default=0)
    for event in transcript:
        asks = event.author.kind is AuthorKind.SHOPPER and event.kind is Kind.MESSAGE
        if asks and pending and event.seq > max(answered, changed):
            run.found("unanswered", f"{event.conversation_id}: seq {event.seq}")


def _check_silence(run: Run, transcript: Sequence[Event]) -> None:
    """The assistant says nothing while a person has the conversation."""
    person = False
    for event in transcript:
        if event.kind is Kind.AGENT_JOINED:
            person = True
        elif event.kind is Kind.AGENT_LEFT:
            person = False
        elif person and event.author.kind is AuthorKind.ASSISTANT:
            run.found("spoke_after_person", f"{event.conversation_id}: seq {event.seq}")


def check_view(run: Run, view: View, transcript: Sequence[Event], *, complete: bool) -> None:
    """Check what one client holds against the log."""
    log = [
        bare(frame_of(event).model_dump(mode="json"))
        for event in transcript
        if event.audience is Audience.SHOPPER
    ]
    if view.log != (log if complete else log[: len(view.log)]):
        differ = next(
            (n for n, pair in enumerate(zip(view.log, log, strict=False)) if pair[0] != pair[1]), "end"
        )
        run.found("view", f"{view.name}: holds {len(view.log)} of {len(log)} events, differs at {differ}")
    mine = {event.cid: event.seq for event in transcript if event.author.kind is AuthorKind.SHOPPER}
    for cid, seq in view.acked.items():
        if mine.get(cid) != seq:
            run.found("lost", f"{view.name}: {cid} was acknowledged as {seq}, and is {mine.get(cid)}")
    for event in transcript:
        wrote = event.kind is Kind.MESSAGE and event.author.kind is AuthorKind.SHOPPER
        if wrote and view.sent.get(str(event.cid)) != event.content["body"]:
            run.found("doubled", f"{view.name}: nobody wrote {event.cid}: {event.content['body']}")
    bodies = {event.cid: event.content.get("body", "") for event in transcript}
    for reply, sentences in view.shown.items():
        missing = [sentence for sentence in sentences if sentence.strip() not in bodies.get(reply, "")]
        if missing:
            run.found("shown_not_logged", f"{view.name}: {reply} has no {missing[0]!r}")
