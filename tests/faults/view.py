"""What one client has seen of one conversation, checked frame by frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.faults.run import Run

Frame = dict[str, Any]


def bare(value: Any) -> Any:
    """Return a frame without its empty fields: sockets leave them out, HTTP does not."""
    if isinstance(value, dict):
        return {name: bare(inner) for name, inner in value.items() if inner is not None}
    return [bare(inner) for inner in value] if isinstance(value, list) else value


@dataclass
class View:
    """One conversation as its client holds it.

    Attributes:
        log: Its `msg` and `event` frames; the n-th has `seq` n + 1.
        sent: What was written under which `cid`.
        acked: Which `seq` each `cid` was acknowledged with.
        shown: The sentences of each reply, as `delta`s brought them.
    """

    run: Run
    name: str
    conversation_id: str
    log: list[Frame] = field(default_factory=list)
    sent: dict[str, str] = field(default_factory=dict)
    acked: dict[str, int] = field(default_factory=dict)
    shown: dict[str, list[str]] = field(default_factory=dict)
    settled: int = 0
    status: str = "pending"
    _answered: int = 0
    _said: dict[str, int] = field(default_factory=dict)
    _now_shown: dict[str, int] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """The highest `seq` held."""
        return len(self.log)

    @property
    def owed(self) -> bool:
        """Whether a message waits for the assistant's answer. A person's is not waited for."""
        return self.status != "open" and max(self.acked.values(), default=0) > self.settled

    def line_opened(self) -> None:
        """A socket says `welcome`: sentences in the making come again from the first."""
        self._now_shown.clear()

    def ack(self, frame: Frame) -> None:
        """Take the `ack` of a message; another one must name the same `seq`."""
        known = self.acked.setdefault(frame["cid"], frame["seq"])
        if known != frame["seq"]:
            self.run.found("ack", f"{self.name}: {frame['cid']} is {known} and {frame['seq']}")

    def take(self, frame: Frame) -> bool:
        """Take a `msg` or `event`; False: one before it is missing."""
        frame, seq = bare(frame), frame["seq"]
        if seq <= self.last:
            if self.log[seq - 1] != frame:
                self.run.found("rewritten", f"{self.name}: {self.log[seq - 1]} is now {frame}")
            return True
        if seq > self.last + 1:
            return False
        self.log.append(frame)
        if frame["type"] == "event":
            self._event(frame)
        elif frame["author"]["kind"] == "shopper":
            self._own(frame)
        elif frame["author"]["kind"] == "assistant":
            self._reply(frame)
        return True

    def _own(self, frame: Frame) -> None:
        cid, seq = frame["cid"], frame["seq"]
        self._said[cid] = seq
        if self.sent.get(cid) != frame["body"]:
            self.run.found("doubled", f"{self.name}: nobody wrote {cid}: {frame['body']}")
        if self.acked.get(cid, seq) != seq:
            self.run.found("lost", f"{self.name}: {cid} was acknowledged as {self.acked[cid]}, is {seq}")

    def head(self, head: int) -> None:
        """Hear how long the log is: never shorter than what was acknowledged."""
        if head < max(self.acked.values(), default=0):
            self.run.found(
                "lost", f"{self.name}: {max(self.acked.values())} was acknowledged, head is {head}"
            )

    def _event(self, frame: Frame) -> None:
        if frame["kind"] in ("status_changed", "agent_joined", "agent_left"):
            # Whatever was not answered before is a person's now, or part of the next turn.
            self.settled = max(self.settled, frame["seq"])
        if frame["kind"] == "status_changed":
            self.status = frame["content"]["to"]

    def _reply(self, frame: Frame) -> None:
        if "cid" not in frame:
            return  # what the chat opens with answers nothing
        target = self._said.get(frame["cid"].removeprefix("r:"), 0)
        if target <= self._answered:
            self.run.found("answered_twice", f"{self.name}: {frame['cid']} is answered already, or nothing")
        self._answered = target
        self.settled = max(self.settled, target)
        self.run.counts["replies"] += not frame.get("interrupted", False)

    def delta(self, frame: Frame) -> None:
        """Take a sentence of a reply in the making: it may come again, but never change or skip."""
        reply, n = frame["reply_id"], frame["n"]
        expected = self._now_shown.get(reply, 0)
        if n != expected:
            self.run.found("delta_hole", f"{self.name}: {reply} {n} instead of {expected}")
        self._now_shown[reply] = n + 1
        sentences = self.shown.setdefault(reply, [])
        if n < len(sentences) and sentences[n] != frame["text"]:
            self.run.found("said_otherwise", f"{self.name}: {sentences[n]!r}, then {frame['text']!r}")
        elif n == len(sentences):
            sentences.append(frame["text"])
