"""What machines ask of a server: whether it is ready, and what it has measured."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr
from sqlalchemy import text

from server.app import create_app
from server.house import House, open_house
from server.metrics import Prometheus, shared_folder
from server.operation import Operation
from server.settings import Settings
from tests.server.chatter import Shopper
from tests.server.conftest import ROOT, ServerProcess

TOKEN = "t" * 40
SHOWN = {"Authorization": f"Bearer {TOKEN}"}


@dataclass
class Served:
    """The application over an open house, its worker running."""

    house: House
    operation: Operation
    client: httpx.AsyncClient

    async def ready(self) -> tuple[int, dict[str, Any]]:
        reply = await self.client.get("/readyz")
        return reply.status_code, reply.json()

    async def change_schema(self) -> None:
        async with self.house.database.transaction() as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))


@asynccontextmanager
async def served(data_dir: Path, *, token: str = "") -> AsyncIterator[Served]:
    settings = Settings(data_dir=data_dir, metrics_token=SecretStr(token) if token else None)
    async with open_house(settings) as house:
        operation = Operation(house, Prometheus() if token else None)
        app = create_app(house, operation)
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://okienko") as client,
        ):
            await asyncio.sleep(0)  # the worker begins
            yield Served(house, operation, client)


async def test_it_is_ready_until_it_is_told_to_stop(tmp_path: Path) -> None:
    async with served(tmp_path / "data") as shop:
        assert await shop.ready() == (200, {"status": "ready"})
        shop.operation.stopping = True
        stopping = {"status": "not ready", "parts": {"server": "it is stopping"}}
        assert await shop.ready() == (503, stopping)
        assert (await shop.client.get("/healthz")).status_code == 200


async def test_another_versions_schema_is_not_ready(tmp_path: Path) -> None:
    async with served(tmp_path / "data") as shop:
        await shop.change_schema()
        status, told = await shop.ready()
    assert (status, told["parts"]) == (503, {"schema": "it is not this version's"})


async def test_a_database_that_does_not_answer_is_named_and_no_more(tmp_path: Path) -> None:
    async with served(tmp_path / "data") as shop:
        (tmp_path / "data").rename(tmp_path / "elsewhere")
        await shop.house.database.close()
        status, told = await shop.ready()
        (tmp_path / "elsewhere").rename(tmp_path / "data")
    assert (status, told["parts"]) == (503, {"database": "it does not answer"})


async def test_without_a_worker_nothing_is_answered(tmp_path: Path) -> None:
    async with open_house(Settings(data_dir=tmp_path / "data")) as house:
        app = create_app(house)  # its life has not begun: no worker
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://okienko") as client:
            reply = await client.get("/readyz")
    assert (reply.status_code, reply.json()["parts"]) == (503, {"worker": "it does not run"})


async def test_asking_often_costs_one_look(tmp_path: Path) -> None:
    async with served(tmp_path / "data") as shop:
        assert (await shop.ready())[0] == 200
        await shop.change_schema()
        # The look of a moment ago still holds.
        assert {(await shop.ready())[0] for _ in range(50)} == {200}


async def test_without_a_token_there_are_no_metrics(tmp_path: Path) -> None:
    async with served(tmp_path / "data") as shop:
        assert (await shop.client.get("/metrics", headers=SHOWN)).status_code == 404


async def test_metrics_are_for_who_shows_the_token(tmp_path: Path) -> None:
    wrong = ("", f"Bearer {'t' * 39}", f"Bearer {'t' * 41}", "t" * 40, "Bearer żółć")
    async with served(tmp_path / "data", token=TOKEN) as shop:
        for shown in wrong:
            reply = await shop.client.get("/metrics", headers=[(b"Authorization", shown.encode())])
            assert reply.status_code == 401
        assert (await shop.client.get("/metrics", headers=SHOWN)).status_code == 200


def values(page: str) -> dict[str, float]:
    """Return a page of metrics as series → value."""
    lines = [line.rpartition(" ") for line in page.splitlines() if line and not line.startswith("#")]
    return {series: float(value) for series, _, value in lines}


def test_a_chat_is_measured_and_nobody_in_it_is_named(demo_data: Path) -> None:
    server = ServerProcess(demo_data, OKIENKO_METRICS_TOKEN=TOKEN)
    server.start()
    secrets = ("Zenobia", "zenobia@example.com", "600 700 800")

    async def story() -> str:
        shopper = Shopper(server.base)
        await shopper.open()
        for _ in range(2):
            assert "14 dni" in await shopper.ask("Ile mam dni na zwrot?")
        await shopper.write(
            f"Jestem {secrets[0]}, {secrets[1]}, tel. {secrets[2]}, chcę rozmawiać z człowiekiem"
        )
        await shopper.until("event", kind="handoff_requested")
        await shopper.write(" ")
        await shopper.until("nack")
        async with httpx.AsyncClient() as http:
            page = await http.get(f"{server.base}/metrics", headers=SHOWN)
        await shopper.close()
        assert shopper.session["conversation_id"] not in page.text
        return page.text

    try:
        page = asyncio.run(story())
    finally:
        assert server.stop() == 0
    assert not [secret for secret in secrets if secret in page]
    found = values(page)
    expected = {
        'okienko_turns_total{outcome="answered",writer="extractive"}': 2,
        'okienko_turns_total{outcome="handoff",writer="none"}': 1,
        'okienko_handoffs_total{reason="asked_for_person"}': 1,
        'okienko_received_total{kind="message"}': 3,
        'okienko_nacks_total{code="empty"}': 1,
        'okienko_retrievals_total{cache="hit"}': 1,
        "okienko_reply_seconds_count": 3,
        "okienko_turn_seconds_count": 3,
        "okienko_sockets": 1,
        "okienko_long_polls": 0,
        "okienko_turns_waiting": 0,
        "okienko_people_waiting": 1,
        "okienko_mails_waiting": 0,
        "okienko_ready": 1,
    }
    assert {series: found.get(series) for series in expected} == expected
    assert found['okienko_turn_stage_seconds_count{stage="retrieve"}'] >= 1
    assert found['okienko_transaction_seconds_count{kind="write"}'] > 6
    # No label holds anything but words of ours.
    labels = {part for series in found for part in series.partition("{")[2].rstrip("}").split('"')[1::2]}
    assert all(
        label.replace("_", "").replace("-", "").replace(".", "").replace("+", "").isalnum()
        for label in labels
    )


SHARED = """
import sys
from pathlib import Path
from foundation.measures import Counter, Gauge, reported_to
from server.metrics import Prometheus
counted, now = Counter("counted", "For this test.", kind=("a",)), Gauge("now", "For this test.")
metrics = Prometheus(Path(sys.argv[1]))
with reported_to(metrics), now.one_more():
    counted.add(kind="a")
    print(metrics.text({}).decode() + "that is all", flush=True)
    sys.stdin.read()
"""


def test_of_several_processes_whichever_is_asked_answers_for_all(tmp_path: Path) -> None:
    folder = shared_folder(tmp_path, os.getpid())

    def start() -> subprocess.Popen[str]:
        command = [sys.executable, "-c", SHARED, str(folder)]
        return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def told(process: subprocess.Popen[str]) -> dict[str, float]:
        assert process.stdout is not None
        return values("".join(iter(process.stdout.readline, "that is all\n")))

    first = start()
    alone = told(first)
    second = start()
    together = told(second)
    second.communicate("")
    third = start()
    after = told(third)
    for process in (first, third):
        process.communicate("")
    assert [page['okienko_counted_total{kind="a"}'] for page in (alone, together, after)] == [1, 2, 3]
    # What was counted stays; what lived is gone with its process.
    assert [page["okienko_now"] for page in (alone, together, after)] == [1, 2, 2]


def test_folders_of_servers_that_ended_are_removed(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    gone = shared_folder(tmp_path, ended.pid)
    kept = shared_folder(tmp_path, os.getpid())
    assert (gone.exists(), kept.exists()) == (False, True)
