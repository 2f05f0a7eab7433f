"""A person of the shop at the desk: takes conversations at any moment, writes, gives them back."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

import httpx

from server.auth import COOKIE, csrf_token
from tests.faults.run import Run
from tests.faults.shopper import BROKEN, Shopper

PASSWORD = "szyszka-w-lesie-42"
DONE = (200, 409)


def email_of(number: int) -> str:
    """Return the address that an agent signs in with."""
    return f"agent{number}@example.com"


class Agent:
    """Signs in and works, and does each thing again until the server has said that it is done."""

    def __init__(self, number: int, base: str, run: Run, shoppers: Sequence[Shopper]) -> None:
        self._email, self._base, self._run, self._shoppers = email_of(number), base, run, shoppers
        self._dice = random.Random(f"{run.plan.seed}agent{number}")

    async def work(self) -> None:
        """Take over now and then until the run has enough; then leave nothing behind."""
        limits = httpx.Limits(max_keepalive_connections=0)
        async with httpx.AsyncClient(base_url=self._base, timeout=8, limits=limits) as http:
            while not self._run.enough:
                await asyncio.sleep(self._dice.uniform(0.3, 2))
                views = [shopper.view for shopper in self._shoppers if shopper.views]
                if views and not self._run.enough:
                    await self._serve(http, self._dice.choice(views).conversation_id)

    async def _serve(self, http: httpx.AsyncClient, conversation: str) -> None:
        if await self._do(http, conversation, "take") != 200:
            return
        self._run.counts["takeovers"] += 1
        for number in range(self._dice.choice((0, 1, 1, 2))):
            await asyncio.sleep(self._dice.uniform(0, 0.3))
            cid = str(UUID(int=self._dice.getrandbits(128), version=4))
            await self._do(http, conversation, "reply", body=f"Już patrzę. ({number})", cid=cid)
        await self._do(http, conversation, self._dice.choice(("hand-back", "hand-back", "resolve")))

    async def _do(self, http: httpx.AsyncClient, conversation: str, act: str, **form: str) -> int:
        """Post until there is an answer; return its status. The second time may find it done (403, 409)."""
        while True:
            with suppress(*BROKEN):
                if COOKIE not in http.cookies:
                    await http.post("/login", data={"email": self._email, "password": PASSWORD})
                token = {"X-CSRF-Token": csrf_token(http.cookies.get(COOKIE) or "")}
                reply = await http.post(f"/desk/c/{conversation}/{act}", data=form, headers=token)
                if reply.status_code == 401:
                    http.cookies.clear()
                elif reply.status_code in (200, 403, 404, 409):
                    return reply.status_code
                elif reply.status_code != 503:
                    self._run.found("desk", f"{act}: {reply.status_code} {reply.text[:200]}")
            # The server is away on purpose: a person would press again, too.
            await asyncio.sleep(0.2)
