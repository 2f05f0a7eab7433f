"""The benchmark of whole turns measures what it says, with a model and without; its times are no promise."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

import httpx

from evals.model_server import Call, ModelServer
from server.benches.streamed_turns import quoting
from server.benches.turn import ratios, turn_tables
from tests.server.inside import command


def test_whole_turns_are_timed_with_and_without_a_model(tmp_path: Path) -> None:
    sizes = ("bench", "turn", "--passages", "60", "--questions", "12", "--streamed", "20", "--delay", "0")
    done = command(tmp_path / "data", *sizes, "--json")
    assert done.returncode == 0, done.stderr
    measured = json.loads(done.stdout.splitlines()[-1])
    assert list(measured) == ["60"]
    assert measured["60"]["publish"]["passages"] == 60
    plain, streamed = measured["60"]["unstreamed"], measured["60"]["streamed"]
    assert plain["wall"]["runs"] == plain["cpu"]["runs"] == sum(plain["outcomes"].values()) == 12
    assert {"understand", "retrieve", "show", "around"} <= set(plain["stages"])
    assert 0 < plain["stages"]["around"]["p50"] < plain["wall"]["p95"]
    assert 0 < streamed["worded"] <= streamed["asked"] < streamed["questions"] == 20
    assert streamed["added"]["p50"] > 0
    assert streamed["before"]["p50"] > 0
    assert len(turn_tables(measured)) == 3
    assert not (tmp_path / "data" / "okienko.db").exists()


def test_sizes_are_compared_and_a_goal_that_is_missed_is_said() -> None:
    times = {"p50": 30.0, "p95": 61.0, "cpu": 20.0, "runs": 10}
    plain = {"wall": times, "cpu": times, "stages": {}, "outcomes": {}, "rss_mib": 1.0}
    streamed = {"before": times, "added": times | {"p50": 19.0}, "worded": 1, "asked": 1, "questions": 1}
    twice = {"p50": 60.0, "p95": 61.0, "cpu": 20.0, "runs": 10}
    lines = ratios(
        {"200": {"unstreamed": plain, "streamed": streamed}, "400": {"unstreamed": plain | {"wall": twice}}}
    )
    assert lines[0] == "400 ÷ 200 passages: p50 2.00, p95 1.00, CPU p50 1.00"
    assert [line.split(": ")[-1] for line in lines[1:]] == ["missed", "met", "missed"]


PROMPT = """<<<EVIDENCE ab12>>>
[E1] article of the shop
| Returns › How long
| You have 14 days. Send it back whole. Nothing else.
[E2] article of the shop
| Delivery
| It is free.
<<<END ab12>>>

<<<QUESTION ab12>>>
| how long?
<<<END ab12>>>"""


async def test_the_model_quotes_the_first_evidence_and_keeps_what_it_was_sent() -> None:
    async def ask(server: ModelServer) -> str:
        body = {"messages": [{"content": "rules"}, {"content": PROMPT}]}
        async with httpx.AsyncClient() as client:
            answers = [await client.post(server.base_url, json=body) for _ in range(2)]
        events = [line[6:] for line in answers[1].text.split("\n") if line.startswith("data: {")]
        deltas = [json.loads(event)["choices"] for event in events]
        return "".join(choice[0]["delta"].get("content", "") for choice in deltas if choice)

    async with ModelServer(quoting) as server:
        said = await asyncio.wait_for(ask(server), 30)
    assert said == "You have 14 days. [E1]\nSend it back whole. [E1]\n"
    first, second = server.calls
    assert first.body == second.body
    assert b"how long?" in first.body
    assert first.block("QUESTION") == "how long?"
    assert first.evidence()["E2"] == ["Delivery", "It is free."]
    assert first.line_left is not None
    assert first.received <= first.line_left <= second.received


async def test_a_line_that_never_ends_has_not_left() -> None:
    def halves(_call: Call) -> Sequence[str]:
        return ("You have", " 14 days")

    async with ModelServer(halves) as server, httpx.AsyncClient() as client:
        await client.post(server.base_url, json={"messages": [{"content": PROMPT}]})
    assert server.calls[0].line_left is None
