"""Spans sent to a collector by OTLP over HTTP. The home of OpenTelemetry, imported only where one is set.

Where, with which headers and how many are sampled is said by OpenTelemetry's own environment variables
(``OTEL_EXPORTER_OTLP_ENDPOINT`` and the others; opentelemetry.io/docs/specs/otel/protocol/exporter).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from foundation.tracing import Ids, Span, Tracer, Value, traced_by

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
GOODBYE_SECONDS = 3.0


def collector_is_set() -> bool:
    """Return whether the environment names a collector, and does not switch OpenTelemetry off."""
    off = os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true"
    return not off and any(os.environ.get(name) for name in ENDPOINTS)


@contextmanager
def traced() -> Iterator[None]:
    """Send this process's spans for the length of the block, if a collector is set."""
    if not collector_is_set():
        yield
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    named = {} if os.environ.get("OTEL_SERVICE_NAME") else {"service.name": "okienko"}
    provider = TracerProvider(
        resource=Resource.create(named), id_generator=_generator(), shutdown_on_exit=False
    )
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    try:
        with traced_by(_OpenTelemetry(provider)):
            yield
    finally:
        # The library waits half a minute for a collector that is away.
        last = threading.Thread(target=provider.shutdown, daemon=True)
        last.start()
        last.join(GOODBYE_SECONDS)


_wanted: ContextVar[Ids | None] = ContextVar("okienko_wanted_ids", default=None)
"""The ids that the next span must have."""


def _generator() -> Any:
    from opentelemetry.sdk.trace.id_generator import RandomIdGenerator

    class OursOrRandom(RandomIdGenerator):
        def generate_span_id(self) -> int:
            ids = _wanted.get()
            return ids.span if ids else super().generate_span_id()

        def generate_trace_id(self) -> int:
            ids = _wanted.get()
            return ids.trace if ids else super().generate_trace_id()

    return OursOrRandom()


class _Running:
    """One span that runs. A `foundation.tracing.Span`."""

    def __init__(self, span: Any) -> None:
        self._span = span

    def note(self, **attributes: Value) -> None:
        self._span.set_attributes(_named(attributes))

    def fail(self, code: str) -> None:
        from opentelemetry.trace import Status, StatusCode

        self._span.set_status(Status(StatusCode.ERROR, code))

    def end(self) -> None:
        self._span.end()


class _OpenTelemetry(Tracer):
    def __init__(self, provider: Any) -> None:
        self._tracer = provider.get_tracer("okienko")
        self._sampler = provider.sampler

    @contextmanager
    def within(
        self, name: str, attributes: dict[str, Value], *, own: Ids | None, below: Ids | None
    ) -> Iterator[Span]:
        from opentelemetry.context import Context
        from opentelemetry.trace import use_span

        context = self._below(below) if below else Context() if own else None
        token = _wanted.set(own)
        try:
            span = self._tracer.start_span(name, context=context, attributes=_named(attributes))
        finally:
            _wanted.reset(token)
        running = _Running(span)
        # The library would write down the exception's message, which may hold what people wrote.
        with use_span(span, end_on_exit=True, record_exception=False, set_status_on_exception=False):
            try:
                yield running
            except BaseException as error:
                running.fail(type(error).__name__)
                raise

    def begin(self, name: str, attributes: dict[str, Value]) -> Span:
        return _Running(self._tracer.start_span(name, attributes=_named(attributes)))

    def _below(self, ids: Ids) -> Any:
        """Return the context of a span that another task or process made, sampled as it was there."""
        from opentelemetry.context import Context
        from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, set_span_in_context

        sampled = self._sampler.should_sample(Context(), ids.trace, "message").decision.is_sampled()
        flags = TraceFlags(TraceFlags.SAMPLED if sampled else TraceFlags.DEFAULT)
        parent = SpanContext(ids.trace, ids.span, is_remote=True, trace_flags=flags)
        return set_span_in_context(NonRecordingSpan(parent), Context())


def _named(attributes: dict[str, Value]) -> dict[str, Value]:
    return {f"okienko.{name}": value for name, value in attributes.items()}
