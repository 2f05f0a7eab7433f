"""What machines ask that watch a server: is it alive, is it ready for shoppers, what has it measured.

`/healthz` and `/readyz` are for whoever reaches the server, and tell nothing but names of parts. `/metrics`
is there only when a token is set, for whoever shows it.
"""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import Mapping
from contextlib import ExitStack

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import SQLAlchemyError

from conversation.backlog import read_backlog
from foundation.errors import OkienkoError
from foundation.measures import reported_to
from server.house import House
from server.metrics import CONTENT_TYPE, Prometheus
from server.migrate import schema_is_current

LOOK_SECONDS = 2.0
KEEP_SECONDS = 1.0
"""Whoever asks more often gets the same answer: asking must not cost the shop anything."""


class Operation:
    """The state of one serving process.

    Attributes:
        stopping: Whether it has been told to stop; it is not ready from then on.
    """

    def __init__(self, house: House, metrics: Prometheus | None = None) -> None:
        self._house = house
        self._metrics = metrics
        self._listening = ExitStack()
        self._door = asyncio.Lock()
        self._looked_at = float("-inf")
        self._reasons: dict[str, str] = {}
        self.stopping = False

    def start(self) -> None:
        """Begin to measure, if metrics are switched on."""
        if self._metrics is not None:
            self._listening.enter_context(reported_to(self._metrics))

    def close(self) -> None:
        """Measure no more."""
        self._listening.close()

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter()
        router.add_api_route("/healthz", self.health, methods=["GET"])
        router.add_api_route("/readyz", self.ready, methods=["GET"])
        if self._metrics is not None:
            router.add_api_route("/metrics", self.metrics, methods=["GET"])
        return router

    async def health(self) -> dict[str, str]:
        """Say that the process answers, and no more: whoever gets no answer should start it again."""
        return {"status": "ok"}

    async def ready(self) -> Response:
        """Say whether shoppers should be sent here: 200, or 503 with the parts that are not ready."""
        reasons = {"server": "it is stopping"} if self.stopping else await self._look()
        told = {"status": "not ready", "parts": reasons} if reasons else {"status": "ready"}
        headers = {"Cache-Control": "no-store"}
        return JSONResponse(told, status_code=503 if reasons else 200, headers=headers)

    async def metrics(self, request: Request) -> Response:
        """Return what was measured, in Prometheus's text format, to who shows the token."""
        token, metrics = self._house.settings.metrics_token, self._metrics
        shown = request.headers.get("authorization", "").encode()
        assert token is not None
        assert metrics is not None
        if not hmac.compare_digest(shown, f"Bearer {token.get_secret_value()}".encode()):
            refusal = {"code": "unauthenticated", "message": "Send the token of OKIENKO_METRICS_TOKEN."}
            return JSONResponse(refusal, status_code=401, headers={"WWW-Authenticate": "Bearer"})
        now = await self._now()
        return Response(metrics.text(now), media_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})

    async def _look(self) -> Mapping[str, str]:
        async with self._door:
            if time.monotonic() - self._looked_at > KEEP_SECONDS:
                self._reasons = await self._reasons_now()
                self._looked_at = time.monotonic()
            return self._reasons

    async def _reasons_now(self) -> dict[str, str]:
        """Return what is not ready, and why in a few words, by part; empty when all is."""
        reasons = {}
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                current = await schema_is_current(self._house.database)
        except (OkienkoError, SQLAlchemyError, TimeoutError):
            reasons["database"] = "it does not answer"
        else:
            if not current:
                reasons["schema"] = "it is not this version's"
        if not self._house.library.loaded:
            reasons["articles"] = "they are not loaded"
        if not self._house.worker.running:
            reasons["worker"] = "it does not run"
        return reasons

    async def _now(self) -> dict[str, tuple[str, float]]:
        """Return what only the database knows: how much waits."""
        house = self._house
        ready = not self.stopping and not await self._look()
        found = {"ready": ("Whether shoppers may be sent to the process that answers.", float(ready))}
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                backlog = await read_backlog(house.database, house.clock)
                people, _ = await house.queue.counts("")
                mails = await house.outbox.waiting_count()
        except (OkienkoError, SQLAlchemyError, TimeoutError):
            return found
        return found | {
            "turns_waiting": ("Turns that nobody has taken yet.", backlog.turns),
            "turns_oldest_waiting_seconds": ("Age of the oldest of them.", backlog.oldest_seconds),
            "people_waiting": ("Conversations that wait for a person.", people),
            "mails_waiting": ("Mails that are not sent yet.", mails),
        }
