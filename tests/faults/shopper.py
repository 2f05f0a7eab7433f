"""A client as the widget is one: keeps what is not acknowledged, sends it again in order, resumes."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import deque
from contextlib import suppress
from typing import Any
from uuid import UUID

import httpx
import websockets
from websockets.asyncio.client import ClientConnection, connect

from tests.faults.run import REMEMBERED, Run
from tests.faults.view import Frame, View

BROKEN = (OSError, httpx.HTTPError, websockets.WebSocketException, TimeoutError, EOFError)
PATIENCE_SECONDS = 8.0
STUCK_SECONDS = 45.0
POLITE, DISTINCT = 0.6, 0.05
"""Shares of messages that are a courtesy, and of those that nobody has written before."""
EXPECTED_ERRORS = ("unavailable", "unauthenticated", "token_expired")
COURTESIES = ("dzień dobry", "dziękuję!", "hello", "cześć", "thank you")
"""Answered without a look at the articles: that turns take their course matters here, less what they say."""
QUESTIONS = (
    "ile mam dni na zwrot?",
    "Ile kosztuje dostawa?",
    "how much is delivery?",
    "jak zapłacić?",
    "jak dlugo paczka czeka w paczkomacie",
)


class Shopper:
    """Writes, waits for the answer, writes on; by socket or by long polls."""

    def __init__(self, name: str, base: str, run: Run, *, polls: bool) -> None:
        self.name, self._base, self._run, self._polls = name, base, run, polls
        self._dice = random.Random(f"{run.plan.seed}{name}")
        self._session: dict[str, Any] = {}
        self._resume = ""
        self._outbox: dict[str, Frame] = {}
        self._asked_again = False
        self._empty_at = -1
        self._news = asyncio.Event()
        self._broken_at = 0.0
        self._unsettled_since = 0.0
        self._trail: deque[tuple[float, str]] = deque(maxlen=REMEMBERED)
        self._written = 0
        self._line_ends = 0.0
        self._epoch = ""
        self.views: list[View] = []

    @property
    def view(self) -> View:
        """The conversation that goes on now."""
        return self.views[-1]

    @property
    def settled(self) -> bool:
        """Whether all is acknowledged, answered and seen."""
        return not self.views or not (self._outbox or self.view.owed)

    @property
    def waits_seconds(self) -> float:
        """How long something has not been acknowledged or answered by now; 0 if nothing is owed."""
        return time.monotonic() - self._unsettled_since if self._unsettled_since else 0.0

    @property
    def waits_in(self) -> str:
        """The id of the conversation that goes on now."""
        return self.view.conversation_id

    def note(self, what: str) -> None:
        """Remember what happened, for as long as something is owed."""
        self._trail.append((time.monotonic(), what))

    async def live(self) -> None:
        """Chat until the run has enough and everything is settled; come back whenever the line breaks."""
        limits = httpx.Limits(max_keepalive_connections=0)
        async with httpx.AsyncClient(timeout=PATIENCE_SECONDS, limits=limits) as http:
            while not (self._run.enough and self.settled):
                try:
                    await self._open(http)
                    self._line_ends = time.monotonic() + self._dice.expovariate(1 / 6)
                    await (self._poll(http) if self._polls else self._chat())
                    self.note("left")
                except BROKEN as error:
                    self.note(f"cut off by {error!r}")
                self._broken_at = self._broken_at or time.monotonic()
                self._check_stuck()
                await asyncio.sleep(self._dice.uniform(0.05, 0.4))
            await self._run.quiet.wait()
            await self._look_to_the_end(http)

    async def _open(self, http: httpx.AsyncClient) -> None:
        if self.views and self.settled and not self._run.enough and self._dice.random() < 0.01:
            self._session, self._resume = {}, ""  # another shopper sits down here
        if self._session:
            return
        wanted = {"site_key": "demo", "locale": "pl", "resume": self._resume}
        reply = await http.post(self._base + "/v1/session", json=wanted)
        self._refuse_failures(reply)
        self._session = reply.raise_for_status().json()
        conversation = self._session["conversation_id"]
        if self._resume and conversation != self.view.conversation_id:
            self._run.found("resume", f"{self.name}: {self.view.conversation_id} became {conversation}")
        if not self._resume:
            self.views.append(View(self._run, self.name, conversation))
            self._run.counts["conversations"] += 1
        self._resume, self._epoch = self._session["resume"], self._session["log_epoch"]

    def _refuse_failures(self, reply: httpx.Response) -> None:
        if reply.status_code >= 500 and reply.status_code != 503:
            self._run.found("http", f"{reply.request.url.path}: {reply.status_code} {reply.text[:200]}")
        if reply.status_code == 401:
            self._session = {}

    # By socket

    async def _chat(self) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            line = await connect(
                self._base.replace("http", "ws") + "/v1/chat", close_timeout=1, ping_interval=None
            )
        try:
            await self._hello(line)
            writing = asyncio.create_task(self._keep_writing(line))
            try:
                async for text in line:
                    await self._take(json.loads(text), line)
            finally:
                writing.cancel()
                with suppress(asyncio.CancelledError, *BROKEN):
                    await writing
        finally:
            await line.close()
            if line.close_code == 4401:
                self._session = {}

    async def _hello(self, line: ClientConnection) -> None:
        hello = {"type": "hello", "v": 1, "since": self.view.last, "log_epoch": self._epoch}
        hello |= {name: self._session[name] for name in ("token", "conversation_id")}
        await line.send(json.dumps(hello))

    async def _take(self, frame: Frame, line: ClientConnection) -> None:
        if frame["type"] == "welcome":
            self._back()
            self.note(f"welcomed, head {frame['head']}, sends {len(self._outbox)} again")
            self.view.line_opened()
            self.view.head(frame["head"])
            if frame["reset"]:
                self._run.found("reset", f"{self.name}: {self.view.last} held, head {frame['head']}")
            for cid in list(self._outbox):
                await line.send(json.dumps(self._outbox[cid]))
        elif frame["type"] == "delta":
            self.view.delta(frame)
            self._run.showing.set()
        elif frame["type"] == "bye":
            self._session = {} if frame["reason"] == "expired" else self._session
        elif not self._taken(frame):
            if self._asked_again:
                self._run.found("hole", f"{self.name}: {frame['seq']} after {self.view.last}")
            self._asked_again = True
            await self._hello(line)

    async def _keep_writing(self, line: ClientConnection) -> None:
        """Write what is to be written; leave when it is time to, or when nothing comes back."""
        try:
            while time.monotonic() < self._line_ends or not self.settled:
                for frame in await self._next_frames():
                    await line.send(json.dumps(frame))
                if self._run.enough and self.settled:
                    break
        finally:
            await line.close()

    # By long polls

    async def _poll(self, http: httpx.AsyncClient) -> None:
        await self._look(http, 0)
        self._back()
        for cid in list(self._outbox):
            await self._post(http, self._outbox[cid])
        while time.monotonic() < self._line_ends or not self.settled:
            if self._run.enough and self.settled:
                break
            if self.settled or self.view.status == "open":
                for frame in await self._next_frames():
                    await self._post(http, frame)
            for cid in list(self._outbox):
                await self._post(http, self._outbox[cid])
            await self._look(http, self._dice.uniform(0, 5))
            self._check_stuck()

    async def _post(self, http: httpx.AsyncClient, frame: Frame) -> None:
        head = {"Authorization": f"Bearer {self._session['token']}"}
        post = {"conversation_id": self.view.conversation_id, "frame": frame}
        reply = await http.post(self._base + "/v1/messages", headers=head, json=post)
        self.note(f"posted a {frame['type']}: {reply.status_code}")
        self._refuse_failures(reply)
        for answer in reply.raise_for_status().json()["frames"]:
            self._taken(answer)

    async def _look(self, http: httpx.AsyncClient, wait: float) -> None:
        head = {"Authorization": f"Bearer {self._session['token']}"}
        query: dict[str, Any] = {
            "conversation_id": self.view.conversation_id,
            "since": self.view.last,
            "wait": wait,
        }
        reply = await http.get(self._base + "/v1/events", headers=head, params={**query, "wait": wait})
        self._refuse_failures(reply)
        answer = reply.raise_for_status().json()
        self.note(f"looked: head {answer['head']}, {len(answer['frames'])} frames")
        self.view.head(answer["head"])
        empty = answer["head"] > self.view.last and not answer["frames"]
        # Once may be: the head is read after the events. Twice is a log that is not given.
        if empty and self._empty_at == self.view.last:
            self._run.found(
                "behind", f"{self.name}: of {answer['head']} nothing comes after {self.view.last}"
            )
        self._empty_at = self.view.last if empty else -1
        for frame in answer["frames"]:
            if not self._taken(frame):
                self._run.found("hole", f"{self.name}: {frame['seq']} after {self.view.last}")

    async def _look_to_the_end(self, http: httpx.AsyncClient) -> None:
        until = time.monotonic() + STUCK_SECONDS
        while time.monotonic() < until:
            with suppress(*BROKEN):
                await self._open(http)
                await self._look(http, 0)
                return
            # The server is away on purpose, and nobody tells a client when it is back.
            await asyncio.sleep(0.2)

    # Both

    def _taken(self, frame: Frame) -> bool:
        """Take any frame but those of a socket's beginning; False: one before it is missing."""
        whole = True
        if frame["type"] == "ack":
            sent = self._outbox.pop(frame["cid"], None)
            self.note(f"seq {frame['seq']} acknowledged")
            if sent is not None and sent["type"] == "send":
                self._run.counts["messages"] += 1
            if frame["cid"] in self.view.acked or (sent is not None and sent["type"] == "send"):
                self.view.ack(frame)
            self._run.served()
        elif frame["type"] in ("msg", "event"):
            whole = self.view.take(frame)
            if whole:
                self._asked_again = False
                self._run.served()
        elif frame["type"] == "nack":
            self._run.counts["nacks"] += 1
            self.note(f"refused: {frame['code']}")
            if frame["code"] not in ("unavailable", "rate_limited"):
                self._run.found("nack", f"{self.name}: {frame}")
        elif frame["type"] == "error" and frame["code"] not in EXPECTED_ERRORS:
            self._run.found("error", f"{self.name}: {frame}")
        self._news.set()
        return whole

    async def _next_frames(self) -> list[Frame]:
        """Return what to send next, once nothing is owed; again what was not acknowledged for long."""
        waiting_since = time.monotonic()
        while not self.settled:
            self._check_stuck()
            self._news.clear()
            try:
                async with asyncio.timeout(1):
                    await self._news.wait()
            except TimeoutError:
                if self._outbox:
                    return list(self._outbox.values())
            if time.monotonic() - waiting_since > PATIENCE_SECONDS:
                raise TimeoutError
        self._unstuck()
        if self._run.enough:
            return []
        if self.view.status == "open":
            # A person has it, or it waits for one; who waits long goes back to the assistant.
            await asyncio.sleep(self._dice.uniform(0.1, 0.5))
            if self.view.status != "open" or self._dice.random() < 0.8:
                return []
            return [self._put({"type": "action", "name": "back_to_assistant", "value": {}})]
        await asyncio.sleep(self._dice.expovariate(1 / 0.05))
        if self._dice.random() < 0.01:
            return [self._put({"type": "ask_human"})]
        return [self._write() for _ in range(self._dice.choices((1, 2, 3), (90, 7, 3))[0])]

    def _write(self) -> Frame:
        self._written += 1
        body = self._dice.choice(COURTESIES if self._dice.random() < POLITE else QUESTIONS)
        if self._dice.random() < DISTINCT:
            body = f"{body} ({self.name} {self._written})"
        frame = self._put({"type": "send", "body": body})
        self.view.sent[frame["cid"]] = body
        return frame

    def _put(self, frame: Frame) -> Frame:
        cid = str(UUID(int=self._dice.getrandbits(128), version=4))
        self._outbox[cid] = {**frame, "cid": cid}
        return self._outbox[cid]

    def _back(self) -> None:
        if self._broken_at:
            self._run.counts["reconnects"] += 1
            self._run.back_seconds.append(time.monotonic() - self._broken_at)
            self._broken_at = 0.0

    def _check_stuck(self) -> None:
        if self.settled:
            self._unstuck()
            return
        now = time.monotonic()
        self._unsettled_since = self._unsettled_since or now
        if now - self._unsettled_since > STUCK_SECONDS:
            unsent = len(self._outbox)
            told = f"{self.name} in {self.waits_in}: {unsent} unacknowledged, owed {self.view.owed}"
            self._run.found("stuck", "\n".join((told, *self._story())))
            self._unsettled_since = now

    def _unstuck(self) -> None:
        self._unsettled_since = 0.0
        self._trail.clear()

    def _story(self) -> list[str]:
        """Return what happened here and to the servers since something is owed, with the seconds."""
        since = self._unsettled_since
        happened = sorted([*self._trail, *(one for one in self._run.happened if one[0] >= since - 5)])
        return [f"{moment - since:6.2f} {what}" for moment, what in happened]
