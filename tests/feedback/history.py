"""A seeded history of many conversations: first decided, then written as the log holds it.

Tests count over `Story` objects in plain Python and compare with what the room reads from the database.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from conversation.events import (
    ASSISTANT,
    GENESIS,
    SYSTEM,
    Audience,
    Author,
    AuthorKind,
    Draft,
    Kind,
    content_digest,
    seal,
)
from conversation.tables import conversations, events, turns
from foundation.database import Database

END = datetime(2026, 11, 17, 11, 0, tzinfo=UTC)
DAYS = 120

PEOPLE = {"agent-ewa": "Ewa", "agent-jan": "Jan", "agent-ola": "Ola Żak", "agent-max": "Max"}
RENAMED = {"agent-ewa": "Ewa Nowak"}
"""People change their names half-way through."""

TOPICS = [
    ("Czy buty „Turnia” są wodoodporne", "pl"),
    ("Ile kosztuje dostawa do Paczkomatu", "pl"),
    ("Jak wymienić rozmiar spodni „Szlak”", "pl"),
    ("Gdzie jest moja paczka", "pl"),
    ("Czy można zapłacić w ratach", "pl"),
    ("Mam żółtą kurtkę, ŻÓŁTA podszewka się pruje", "pl"),
    ("Do you ship to Norway", "en"),
    ("How do I wash merino", "en"),
    ("Is there a student discount", "en"),
]
RARE = [
    ("Czy macie sznurowadła do „Turni” w kolorze łososiowym", "pl"),
    ("CZY MACIE SZNUROWADLA do Turni w kolorze lososiowym?!", "pl"),
    ("Kiedy będą rabaty 100% na_wszystko", "pl"),
    ("Can I visit your warehouse", "en"),
]


@dataclass(frozen=True)
class Reply:
    at: datetime
    outcome: str
    question: str
    question_at: datetime
    intent: str


@dataclass
class Ask:
    at: datetime
    kind: str
    who: str
    name: str
    scores: list[int] = field(default_factory=list)
    comment: str = ""
    replies_before: int = 0

    @property
    def standing(self) -> int | None:
        return self.scores[-1] if self.scores else None


@dataclass
class Step:
    draft: Draft
    at: datetime


@dataclass
class Story:
    """One conversation as it was decided."""

    id: str
    began: datetime
    language: str
    status: str = "pending"
    owner: str | None = None
    questions: list[tuple[datetime, str]] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    requests: list[tuple[datetime, str]] = field(default_factory=list)
    said: list[tuple[datetime, str]] = field(default_factory=list)
    resolved: list[datetime] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    records: list[dict[str, Any]] = field(default_factory=list)

    @property
    def alive(self) -> bool:
        return bool(self.questions or self.requests)

    @property
    def with_person(self) -> bool:
        return bool(self.requests or self.said)

    @property
    def score(self) -> int | None:
        given = [ask.standing for ask in self.asks if ask.scores]
        return given[-1] if given else None


class Teller:
    """Makes up one story after another."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._now = END

    def stories(self, count: int) -> list[Story]:
        return [self._story() for _ in range(count)]

    def _uuid(self) -> str:
        return str(UUID(int=self._random.getrandbits(128), version=4))

    def _story(self) -> Story:
        chance = self._random
        self._now = END - timedelta(seconds=chance.uniform(0, DAYS * 86400))
        topic, language = chance.choice(RARE) if chance.random() < 0.06 else chance.choice(TOPICS)
        story = Story(self._uuid(), self._now, language)
        self._add(story, Kind.DISCLOSURE, SYSTEM, {"speaker": "assistant", "text": "AI"})
        self._add(
            story, Kind.MESSAGE, ASSISTANT, {"body": "Dzień dobry!", "quick_replies": []}, generated=True
        )
        fate = chance.random()
        if fate < 0.06:
            return story
        if fate < 0.09:
            self._request(story, "asked_for_person")
        else:
            self._talk(story, topic)
        for _ in range(2):
            self._maybe_person(story)
            if not self._maybe_resolve(story) or chance.random() > 0.12:
                break
            self._status(story, "pending", "shopper")
            story.owner = None
            self._talk(story, chance.choice(TOPICS)[0])
        return story

    def _talk(self, story: Story, topic: str) -> None:
        chance, unsure = self._random, 0
        for turn in range(chance.choices([1, 2, 3, 4], [5, 4, 2, 1])[0]):
            question = (
                f"{topic}?" if turn == 0 else chance.choice(["A dla dzieci?", "Dziękuję!", f"{topic}??"])
            )
            if chance.random() < 0.15:
                self._ask(story, "Dzień dobry, mam pytanie", 2, 20)
            cid = self._ask(story, question, 3, 200)
            intent = "thanks" if question == "Dziękuję!" else "question"
            wish = chance.choices(["answered", "abstained", "handoff"], [78, 15, 7])[0]
            outcome = "answered" if intent == "thanks" else wish
            self._reply(story, outcome, intent, cid)
            unsure = unsure + 1 if outcome == "abstained" else 0
            if outcome == "handoff" or unsure == 2:
                self._request(story, "asked_for_person" if outcome == "handoff" else "unsure_twice")
                return

    def _ask(self, story: Story, body: str, least: float, most: float) -> str:
        self._wait(least, most)
        cid = self._uuid()
        shopper = Author(AuthorKind.SHOPPER, "visitor-" + story.id[:8])
        self._add(story, Kind.MESSAGE, shopper, {"body": body}, cid=cid)
        story.questions.append((self._now, body))
        return cid

    def _reply(self, story: Story, outcome: str, intent: str, cid: str) -> None:
        at, question = story.questions[-1]
        self._wait(0.05, 4)
        story.replies.append(Reply(self._now, outcome, question, at, intent))
        citation = {
            "passage_id": "pl/dostawa#1",
            "article_id": "pl/dostawa",
            "article_version": 1,
            "title": "Dostawa",
            "quote": "Paczka idzie dwa dni.",
            "language": "pl",
        }
        content = {
            "body": "Paczka idzie dwa dni robocze, o czym piszemy na stronie. " * 3,
            "citations": [citation] if outcome == "answered" else [],
            "quick_replies": [],
            "outcome": outcome,
        }
        self._add(story, Kind.MESSAGE, ASSISTANT, content, cid=f"r:{cid}", generated=True)
        record = {
            "outcome": outcome,
            "intent": intent,
            "language": story.language,
            "confidence": round(self._random.random(), 3),
            "stage_ms": {"understand": 1.5, "retrieve": 12.25, "write": 3.0, "verify": 0.5},
            "passages": ["pl/dostawa#1"] if outcome == "answered" else [],
            "dropped": [["Dostawa jest zawsze za darmo.", "unsupported"]] if outcome == "abstained" else [],
        }
        story.records.append({"reply_cid": f"r:{cid}", "record": record, "created_at": self._now})

    def _request(self, story: Story, reason: str) -> None:
        self._wait(0.1, 3)
        self._add(story, Kind.HANDOFF_REQUESTED, SYSTEM, {"reason": reason, "position": 1, "open": True})
        if not story.questions:
            # A tap on "talk to a person": the event is the shopper's own.
            story.steps[-1].draft = Draft(
                Kind.HANDOFF_REQUESTED,
                Author(AuthorKind.SHOPPER, "visitor-" + story.id[:8]),
                story.steps[-1].draft.content,
                cid=self._uuid(),
            )
        story.requests.append((self._now, reason))
        self._status(story, "open", "system")
        if self._random.random() < 0.2:
            self._wait(5, 60)
            left = {"reason": "left_email", "email_left": True, "email": "anna@example.com"}
            self._add(story, Kind.HANDOFF_REQUESTED, SYSTEM, left)

    def _maybe_person(self, story: Story) -> None:
        if story.status != "open" or self._random.random() < 0.12:
            return
        self._wait(15, 9000)
        who = self._random.choice(list(PEOPLE))
        person = Author(AuthorKind.AGENT, who, self._name(who))
        self._add(
            story, Kind.ASSIGNED, SYSTEM, {"agent_id": who, "name": person.name}, audience=Audience.STAFF
        )
        self._add(story, Kind.AGENT_JOINED, person, {"name": person.name})
        story.owner = who
        for _ in range(self._random.randint(1, 3)):
            self._wait(5, 400)
            self._add(
                story, Kind.MESSAGE, person, {"body": "Już sprawdzam, proszę o chwilę."}, cid=self._uuid()
            )
            story.said.append((self._now, who))
            if self._random.random() < 0.5:
                self._ask(story, "Czekam, dziękuję", 5, 300)
        if self._random.random() < 0.3:
            self._add(story, Kind.NOTE, person, {"body": "=1+1 klient stały"}, audience=Audience.STAFF)

    def _maybe_resolve(self, story: Story) -> bool:
        if self._random.random() < 0.25:
            return False
        self._wait(10, 20000)
        self._status(story, "resolved", "agent" if story.owner else "system")
        story.resolved.append(self._now)
        if self._random.random() < 0.1:
            return True
        kind, who = ("agent", story.owner) if story.owner else ("assistant", "")
        ask = Ask(self._now, kind, who or "", self._name(who) if who else "Okienko")
        ask.replies_before = len(story.replies)
        served = {"kind": ask.kind, "id": ask.who, "name": ask.name}
        self._add(story, Kind.RATING_REQUESTED, SYSTEM, {"served": served, "resolution": len(story.asks) + 1})
        story.asks.append(ask)
        seq = sum(step.draft.audience is Audience.SHOPPER for step in story.steps)
        for _ in range(self._random.choices([0, 1, 2], [50, 42, 8])[0]):
            self._wait(3, 5000)
            score = self._random.choices([1, 2, 3, 4, 5], [8, 7, 12, 28, 45])[0]
            ask.scores.append(score)
            ask.comment = self._random.choice(["", "Super!", "=cmd|'/C calc'!A0", "Za długo"])
            content = {"request_seq": seq, "score": score, "comment": ask.comment, "served": served}
            shopper = Author(AuthorKind.SHOPPER, "visitor-" + story.id[:8])
            self._add(story, Kind.RATING, shopper, content, cid=self._uuid())
        return True

    def _status(self, story: Story, to: str, by: str) -> None:
        if to != story.status:
            self._add(story, Kind.STATUS_CHANGED, SYSTEM, {"from": story.status, "to": to, "by": by})
            story.status = to

    def _name(self, who: str) -> str:
        late = self._now > END - timedelta(days=DAYS / 2)
        return RENAMED.get(who, PEOPLE[who]) if late else PEOPLE[who]

    def _wait(self, least: float, most: float) -> None:
        self._now += timedelta(seconds=self._random.uniform(least, most))

    def _add(
        self,
        story: Story,
        kind: Kind,
        author: Author,
        content: Mapping[str, Any],
        *,
        audience: Audience = Audience.SHOPPER,
        cid: str | None = None,
        generated: bool = False,
    ) -> None:
        story.steps.append(Step(Draft(kind, author, content, audience, cid, generated), self._now))


async def write(database: Database, stories: Iterable[Story]) -> None:
    """Write stories as `Log` would have, in one transaction: sealed, counted, with their turns."""
    heads: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    taken: list[dict[str, Any]] = []
    for story in stories:
        head, told = _rows(story)
        heads.append(head)
        rows += told
        taken += [_turn(story, number, record) for number, record in enumerate(story.records)]
    async with database.transaction() as connection:
        await connection.execute(insert(conversations), heads)
        await connection.execute(insert(events), rows)
        if taken:
            await connection.execute(insert(turns), taken)


def _rows(story: Story) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    previous, seqs = GENESIS, {Audience.SHOPPER: 0, Audience.STAFF: 0}
    told = []
    for position, step in enumerate(story.steps, 1):
        draft = step.draft
        seqs[draft.audience] += 1
        salt = f"{position:032x}"
        digest = content_digest(salt, draft.author, draft.content)
        previous = seal(
            previous,
            conversation_id=story.id,
            position=position,
            draft=draft,
            seq=seqs[draft.audience],
            ts=step.at,
            digest=digest,
        )
        told.append(
            {
                "conversation_id": story.id,
                "position": position,
                "audience": draft.audience.value,
                "seq": seqs[draft.audience],
                "kind": draft.kind.value,
                "author_kind": draft.author.kind.value,
                "cid": draft.cid,
                "generated": draft.generated,
                "ts": step.at,
                "author_id": draft.author.id,
                "author_name": draft.author.name,
                "content": dict(draft.content),
                "salt": salt,
                "digest": digest,
                "hash": previous,
            }
        )
    head = {
        "id": story.id,
        "visitor_id": "visitor-" + story.id[:8],
        "customer_id": None,
        "language": story.language,
        "status": story.status,
        "owner_epoch": 0,
        "owner_id": story.owner,
        "score": story.score,
        "resolved_at": story.resolved[-1] if story.status == "resolved" else None,
        "head_position": len(story.steps),
        "head_shopper": seqs[Audience.SHOPPER],
        "head_staff": seqs[Audience.STAFF],
        "head_hash": previous,
        "answered_seq": seqs[Audience.SHOPPER],
        "seen_seq": 0,
        "created_at": story.began,
        "updated_at": story.steps[-1].at,
    }
    return head, told


def _turn(story: Story, number: int, record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": f"{story.id[:32]}{number:04d}",
        "conversation_id": story.id,
        "state": "done",
        "owner_epoch": 0,
        "upto_seq": 1,
        "attempts": 1,
        "shown": [],
        "finished_at": record["created_at"],
        **record,
    }
