"""Models behind any server that speaks OpenAI's chat protocol. Home of langchain-openai, openai, langsmith.

All three are imported when a model is first asked: that takes seconds. Nothing is retried here and nothing
traced, and no tool is offered to a model.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.llm_retries import ModelTrouble, retry_after

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk
    from langchain_openai import ChatOpenAI

    from assistant.llm_line import BoundedClient

OPENAI = "https://api.openai.com/v1"
_NO_KEY = "none"  # servers on one's own machine ask for none, the client insists on one
_GARBAGE = (ValueError, TypeError, KeyError, IndexError, AttributeError)
"""What reading an answer ends with that is no answer: a server may send anything."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where models are.

    Attributes:
        api_key: Empty for servers that ask for none.
        timeout_seconds: For a whole answer, all tries together.
        first_words_seconds: Of one try, for its first words; then the next model is asked.
        max_tokens: The longest answer.
    """

    base_url: str = OPENAI
    api_key: str = field(default="", repr=False)
    timeout_seconds: float = 20.0
    first_words_seconds: float = 10.0
    max_tokens: int = 1000

    @property
    def is_openai(self) -> bool:
        """Whether it is OpenAI's own."""
        return urlsplit(self.base_url).hostname == urlsplit(OPENAI).hostname

    @property
    def shows_key(self) -> bool:
        """Whether the key travels unencrypted, to another machine."""
        parts = urlsplit(self.base_url)
        here = parts.hostname in ("localhost", "127.0.0.1", "::1")
        return bool(self.api_key) and parts.scheme == "http" and not here


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an answer as it comes.

    Attributes:
        tokens: ``(prompt, completion)`` of the whole call, where the server tells.
        cut: Whether the answer ended at the limit of its length.
    """

    text: str = ""
    tokens: tuple[int, int] | None = None
    cut: bool = False


class Models:
    """The models of one server. Whoever made it closes it."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._open: dict[str, ChatOpenAI] = {}
        self._client: BoundedClient | None = None
        self._opening = asyncio.Lock()

    async def warm_up(self, name: str) -> None:
        """Import what asking needs, so that no shopper waits for it."""
        await self._model(name)

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()
        self._client = None
        self._open.clear()

    async def stream(self, name: str, system: str, user: str) -> AsyncGenerator[Piece, None]:
        """Ask a model once; yield its answer as it comes.

        Raises:
            ModelTrouble: It did not answer, or not to the end.
        """
        model = await self._model(name)
        from langsmith import tracing_context

        chunks = model.astream([("system", system), ("user", user)])
        async with aclosing(chunks):  # type: ignore[type-var]
            while True:
                try:
                    # Set for one step only: between the steps the caller's own context holds.
                    with tracing_context(enabled=False):
                        chunk = await anext(chunks, None)
                except Exception as error:
                    trouble = _trouble(error)
                    if trouble is None:
                        raise
                    raise trouble from error
                if chunk is None:
                    return
                yield _piece(chunk)

    async def _model(self, name: str) -> ChatOpenAI:
        async with self._opening:
            if name not in self._open:
                self._open[name] = await asyncio.to_thread(self._make, name)
            return self._open[name]

    def _make(self, name: str) -> ChatOpenAI:
        from langchain_openai import ChatOpenAI

        from assistant.llm_line import BoundedClient

        # They log what is asked at the level "debug", and each request at "info".
        for library in ("openai", "httpx2", "httpcore2", "langchain_openai"):
            logging.getLogger(library).setLevel(logging.WARNING)
        server = self.server
        if self._client is None:
            self._client = BoundedClient(timeout_seconds=server.timeout_seconds)
        # Only OpenAI's own server knows the limit's new name, and not all of its models take a temperature.
        limits: dict[str, Any] = (
            {"max_tokens": server.max_tokens}
            if server.is_openai
            else {"extra_body": {"max_tokens": server.max_tokens}, "temperature": 0}
        )

        async def key() -> str:
            # Given as a function it is in no representation, and no second, blocking client is made.
            return server.api_key or _NO_KEY

        return ChatOpenAI(
            model=name,
            base_url=server.base_url,
            api_key=key,
            organization="",
            openai_proxy="",
            http_async_client=self._client,
            max_retries=0,
            stream_usage=True,
            stream_chunk_timeout=None,
            use_responses_api=False,
            output_version="v0",
            cache=False,
            **limits,
        )


def _piece(chunk: AIMessageChunk) -> Piece:
    text = chunk.content if isinstance(chunk.content, str) else ""
    usage = chunk.usage_metadata
    tokens = (_sane(usage["input_tokens"]), _sane(usage["output_tokens"])) if usage else None
    return Piece(text, tokens, cut=chunk.response_metadata.get("finish_reason") == "length")


def _sane(tokens: object) -> int:
    """Return a count as a server gave it, within reason."""
    return min(max(tokens, 0), 10**9) if isinstance(tokens, int) else 0


def _trouble(error: Exception) -> ModelTrouble | None:
    """Return what an exception of the libraries means; None for one that is not theirs."""
    import openai

    from assistant.llm_line import never_left

    if isinstance(error, ModelTrouble):
        return error
    if isinstance(error, openai.APITimeoutError):
        return ModelTrouble("timeout", "the model's server took too long", used=not never_left(error))
    if isinstance(error, openai.APIConnectionError):
        return ModelTrouble(
            "no_connection",
            "the model's server cannot be reached, or broke off",
            again=True,
            used=not never_left(error),
        )
    if isinstance(error, openai.APIStatusError):
        return _refusal(error)
    if isinstance(error, openai.APIError):
        return ModelTrouble("server_error", "the model's server reported an error in its answer", again=True)
    if isinstance(error, (openai.OpenAIError, *_GARBAGE)):
        return ModelTrouble("not_understood", "what the model's server sent is no answer", again=True)
    return None


_REFUSALS = {
    400: "the request was refused; is the model's context long enough?",
    401: "the key was refused",
    403: "the key may not use this model",
    404: "there is no such model or address",
}


def _refusal(error: Any) -> ModelTrouble:
    status: int = error.status_code
    if status == 429 and error.code == "insufficient_quota":
        return ModelTrouble("refused", "the account with the model's provider is used up", used=False)
    if status == 429 or status >= 500 or status in (408, 409):
        code = "busy" if status == 429 else "server_error"
        wait = retry_after(error.response.headers.get("retry-after"), datetime.now(UTC))
        says = f"the model's server answered with the status {status}"
        return ModelTrouble(code, says, again=True, used=False, after_seconds=wait)
    says = _REFUSALS.get(status, "the request was refused")
    return ModelTrouble("refused", f"{says} (status {status})", used=False)
