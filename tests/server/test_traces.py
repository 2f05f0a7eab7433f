"""A real collector hears of a message, its turn and the turn's stages, and of nothing that was said."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from foundation.tracing import ids_of
from tests.assistant import openai_server as ms
from tests.assistant.openai_server import ModelServer
from tests.server.chatter import Shopper
from tests.server.conftest import ROOT, ServerProcess

QUESTION = "Ile mam dni na zwrot?"


@dataclass
class Collector:
    """Takes spans by OTLP over HTTP."""

    bodies: list[bytes] = field(default_factory=list)
    paths: set[str] = field(default_factory=set)
    url: str = ""

    def spans(self) -> list[Any]:
        return [
            span
            for body in self.bodies
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


@pytest.fixture
def collector() -> Iterator[Collector]:
    kept = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.paths.add(self.path)
            kept.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        kept.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield kept
        server.shutdown()
        thread.join()


async def one_question(base: str) -> tuple[str, str]:
    """Ask; return the conversation and the message's cid."""
    shopper = Shopper(base)
    await shopper.open()
    cid = await shopper.write(QUESTION)
    await shopper.until("msg", cid=f"r:{cid}")
    await shopper.close()
    return str(shopper.session["conversation_id"]), cid


def test_a_message_its_turn_and_the_models_call_are_one_trace(demo_data: Path, collector: Collector) -> None:
    with ModelServer() as model:
        model.will(ms.says("Masz 14 dni na zwrot. [E1]", tokens=(1000, 10)))
        settings = {"OKIENKO_LLM_MODEL": "words", "OKIENKO_LLM_BASE_URL": model.base_url}
        settings |= {"OKIENKO_LLM_TIMEOUT_SECONDS": "25"}
        server = ServerProcess(demo_data, OTEL_EXPORTER_OTLP_ENDPOINT=collector.url, **settings)
        server.start()
        try:
            for _ in range(10):
                conversation, cid = asyncio.run(one_question(server.base))
                if model.asked:  # what asking needs is still being imported at first
                    break
        finally:
            assert server.stop() == 0
        assert model.asked
    assert collector.paths == {"/v1/traces"}
    ids = ids_of(conversation, cid)
    spans = [span for span in collector.spans() if span.trace_id == ids.trace.to_bytes(16, "big")]
    by_name = {span.name: span for span in spans}
    assert {"message", "turn", "understand", "retrieve", "write", "verify", "llm"} <= set(by_name)
    message, turn, write = by_name["message"], by_name["turn"], by_name["write"]
    assert message.span_id == ids.span.to_bytes(8, "big")
    assert not message.parent_span_id
    assert turn.parent_span_id == message.span_id
    assert by_name["retrieve"].parent_span_id == write.parent_span_id == turn.span_id
    assert by_name["llm"].parent_span_id == write.span_id
    told = {item.key: item.value for item in by_name["llm"].attributes}
    assert told["okienko.model"].string_value == "words"
    assert told["okienko.prompt_tokens"].int_value == 1000
    outcome = {item.key: item.value.string_value for item in turn.attributes}
    assert outcome["okienko.conversation"] == conversation
    assert outcome["okienko.outcome"] == "answered"
    # Not one word of it.
    everything = b"".join(collector.bodies)
    assert not [word for word in ("zwrot", "14 dni") if word.encode() in everything]


def test_an_error_is_named_by_its_class_only(demo_data: Path, collector: Collector) -> None:
    server = ServerProcess(demo_data, OTEL_EXPORTER_OTLP_ENDPOINT=collector.url)
    server.module = "tests.server.broken_turns"
    server.stderr = subprocess.DEVNULL
    server.start()
    try:
        asyncio.run(one_question(server.base))
    finally:
        assert server.stop() == 0
    turns = [span for span in collector.spans() if span.name == "turn"]
    assert {span.status.message for span in turns} == {"ExceptionGroup"}
    assert len(turns) == 3
    assert b"zwrot" not in b"".join(collector.bodies)


def test_a_collector_that_is_away_delays_nothing(demo_data: Path) -> None:
    server = ServerProcess(demo_data, OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:9")
    server.start()
    try:
        asyncio.run(one_question(server.base))
    finally:
        began = time.monotonic()
        assert server.stop() == 0
    assert time.monotonic() - began < 20


def test_nothing_of_it_is_imported_unless_it_is_wanted() -> None:
    code = "import sys, server.serving, server.demo.run; print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = out.stdout.split()
    assert "server.traces" in loaded
    assert not [name for name in loaded if name.startswith(("opentelemetry.sdk", "opentelemetry.exporter"))]
    assert "prometheus_client" not in loaded
