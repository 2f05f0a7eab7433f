"""Frames of the wire protocol, version 1. Pure. The widget's types are made from this file (`make widget`).

Every frame is a JSON object with a `type`. Unknown fields are refused from a client and ignored by one.
The rules of the protocol are in docs/architecture.md, "Wire protocol".
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from conversation.events import AuthorKind, Event, Kind
from foundation.style import Style

PROTOCOL_VERSION = 1
MAX_FRAME_BYTES = 64 * 1024
MAX_BODY_CHARS = 10_000
"""Longer messages are refused with a `nack` `too_long`; the widget stops typing there."""


class _ClientFrame(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _ServerFrame(BaseModel):
    model_config = ConfigDict(frozen=True)


Seq = Annotated[int, Field(ge=0, le=2**53 - 1)]
"""A `seq` that a client names: what JavaScript and every database can hold."""

ShortText = Annotated[str, StringConstraints(max_length=320)]


class Hello(_ClientFrame):
    """First frame of a socket: who, which conversation, what was seen. Also asks for what was missed."""

    type: Literal["hello"] = "hello"
    v: int
    token: Annotated[str, StringConstraints(max_length=4096)]
    conversation_id: ShortText
    log_epoch: ShortText = ""
    since: Seq = 0


class Send(_ClientFrame):
    """A message. `cid` was stored by the client before it was sent."""

    type: Literal["send"] = "send"
    cid: UUID
    body: str


class Seen(_ClientFrame):
    """Everything up to `seq` was on the screen."""

    type: Literal["seen"] = "seen"
    seq: Seq


class TypingNow(_ClientFrame):
    """The shopper is typing."""

    type: Literal["typing"] = "typing"


class AskHuman(_ClientFrame):
    """The shopper wants a person. `cid` makes a resend harmless."""

    type: Literal["ask_human"] = "ask_human"
    cid: UUID


class Action(_ClientFrame):
    """A button or a form: `name` says which, `value` its fields. Names are listed in docs/architecture.md."""

    type: Literal["action"] = "action"
    cid: UUID
    name: Annotated[str, StringConstraints(max_length=64, pattern=r"^[a-z_]+$")]
    value: dict[str, Any] = Field(default_factory=dict)


class Rate(_ClientFrame):
    """The answer to a `rating_requested`."""

    type: Literal["rate"] = "rate"
    cid: UUID
    # Strict: `true` and "5" are no scores, though they could be read as some.
    request_seq: Annotated[int, Field(ge=1, strict=True)]
    score: Annotated[int, Field(strict=True)]
    comment: Annotated[str, StringConstraints(max_length=2000)] = ""


ClientFrame = Annotated[
    Hello | Send | Seen | TypingNow | AskHuman | Action | Rate, Field(discriminator="type")
]
CLIENT_FRAME: TypeAdapter[ClientFrame] = TypeAdapter(ClientFrame)


class Citation(_ServerFrame):
    """Where a statement stands: the passage, and the words quoted from it.

    `quote` is a literal part of the passage's text. `language` is the source's, which may differ from
    the answer's.
    """

    passage_id: str
    article_id: str
    article_version: int
    title: str
    quote: str
    language: str = ""


class QuickReply(_ServerFrame):
    """A button under a message. Tapping it sends `send` as the shopper's own words, or starts `action`."""

    label: str
    send: str = ""
    action: Literal["", "ask_human", "back_to_assistant", "resolve"] = ""


class AuthorView(_ServerFrame):
    """Who says it, for drawing: kind and name."""

    kind: AuthorKind
    name: str = ""


class Welcome(_ServerFrame):
    """The socket is open. With `reset`, drop what you hold: everything follows from seq 1."""

    type: Literal["welcome"] = "welcome"
    v: int = PROTOCOL_VERSION
    log_epoch: str
    head: int
    status: str
    reset: bool = False


class Msg(_ServerFrame):
    """A message of the log. `cid` is `reply_id` for a reply whose sentences came as deltas."""

    type: Literal["msg"] = "msg"
    seq: int
    cid: str | None = None
    author: AuthorView
    body: str
    citations: list[Citation] = []
    quick_replies: list[QuickReply] = []
    ts: datetime
    generated: bool = False
    interrupted: bool = False


class EventFrame(_ServerFrame):
    """Any other event of the log (`disclosure`, `handoff_requested`, `status_changed`, …)."""

    type: Literal["event"] = "event"
    seq: int
    kind: Kind
    cid: str | None = None
    author: AuthorView
    content: dict[str, Any]
    ts: datetime


class Ack(_ServerFrame):
    """The frame with this `cid` is committed, as `seq`."""

    type: Literal["ack"] = "ack"
    cid: str
    seq: int


class Nack(_ServerFrame):
    """The frame with this `cid` was refused; `message` is a sentence for the shopper.

    Codes: `conflict`, `empty`, `too_long`, `invalid`, `unavailable`, and `rate_limited` with `retry_after`
    seconds. Only `rate_limited` and `unavailable` are worth sending again.
    """

    type: Literal["nack"] = "nack"
    cid: str
    code: str
    message: str = ""
    retry_after: int | None = None


class Delta(_ServerFrame):
    """Verified sentence number `n` (from 0) of a reply in the making.

    The sentences end with a `msg` whose cid is `reply_id`, or with a `retract`.
    """

    type: Literal["delta"] = "delta"
    reply_id: str
    n: int
    text: str


class Retract(_ServerFrame):
    """The reply in the making was interrupted; its shown sentences are in the log."""

    type: Literal["retract"] = "retract"
    reply_id: str


class TypingView(_ServerFrame):
    """Somebody on the other side is writing."""

    type: Literal["typing"] = "typing"
    author: AuthorView


class Error(_ServerFrame):
    """A frame could not be used. The socket closes if `fatal`."""

    type: Literal["error"] = "error"
    code: str
    message: str
    fatal: bool = False


class Bye(_ServerFrame):
    """The server closes. Reasons: `shutdown` (come back at once), `expired` (get a new token), `idle`.

    And `erased`: the conversation was deleted for good; only a new one can be had.
    """

    type: Literal["bye"] = "bye"
    reason: str


ServerFrame = Annotated[
    Welcome | Msg | EventFrame | Ack | Nack | Delta | Retract | TypingView | Error | Bye,
    Field(discriminator="type"),
]
SERVER_FRAME: TypeAdapter[ServerFrame] = TypeAdapter(ServerFrame)


class SessionRequest(_ClientFrame):
    """`POST /v1/session`. `resume` is what an earlier session gave; it also brings the conversation back."""

    site_key: ShortText
    identity_token: Annotated[str, StringConstraints(max_length=4096)] | None = None
    resume: Annotated[str, StringConstraints(max_length=4096)] | None = None
    locale: ShortText = ""


class SessionReply(_ServerFrame):
    """A session.

    `token` lives `expires_in` seconds (at most 900) and goes into frames and the Authorization header,
    never into a URL. `resume` is kept by the widget for as long as the chat should survive.
    `identity` says whether the identity token was believed: `guest` (none given), `customer`, `refused`.
    `style` is how the shopper is addressed; a server that does not say so addresses them informally.
    """

    token: str
    expires_in: int
    resume: str
    conversation_id: str
    log_epoch: str
    head: int
    status: str
    language: str
    shop_name: str
    assistant_name: str
    disclosure: str
    identity: Literal["guest", "customer", "refused"]
    customer_name: str = ""
    suggestions: list[QuickReply] = []
    max_body_chars: int = MAX_BODY_CHARS
    style: Style = Style.INFORMAL


class PostMessage(_ClientFrame):
    """`POST /v1/messages`: any client frame but `hello`, over HTTP."""

    conversation_id: ShortText
    frame: Send | Seen | TypingNow | AskHuman | Action | Rate = Field(discriminator="type")


class EventsReply(_ServerFrame):
    """`GET /v1/events?conversation_id=&since=&wait=`: the log after `since`.

    Replies come whole; sentences in the making are for sockets.
    """

    log_epoch: str
    head: int
    status: str
    frames: list[Msg | EventFrame]


class PostReply(_ServerFrame):
    """The answer to `POST /v1/messages`: the ack or nack of the frame, none for `seen` and `typing`."""

    frames: list[Ack | Nack]


def view(event: Event) -> Msg | EventFrame:
    """Return the frame that shows an event of the shopper's audience."""
    author = AuthorView(kind=event.author.kind, name=event.author.name)
    if event.kind in (Kind.MESSAGE, Kind.INTERRUPTED):
        return Msg(
            seq=event.seq,
            cid=event.cid,
            author=author,
            body=str(event.content.get("body", "")),
            citations=[Citation.model_validate(c) for c in event.content.get("citations", [])],
            quick_replies=[QuickReply.model_validate(q) for q in event.content.get("quick_replies", [])],
            ts=event.ts,
            generated=event.generated,
            interrupted=event.kind is Kind.INTERRUPTED,
        )
    return EventFrame(
        seq=event.seq, kind=event.kind, cid=event.cid, author=author, content=dict(event.content), ts=event.ts
    )
