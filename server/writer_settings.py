"""Settings of what writes answers: a language model, its limits, and how it addresses shoppers."""

from __future__ import annotations

import re
from decimal import Decimal
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, SecretStr, ValidationInfo, field_validator

from assistant.llm import OPENAI
from foundation.style import Style


class WriterSettings(BaseModel):
    """The part of the settings that `server/writing.py` reads. A field comes after those it needs."""

    style: Style = Field(
        Style.INFORMAL,
        description="How shoppers are addressed: formal (Pan/Pani), informal (Ty) or neutral.",
    )
    llm_model: str = Field(
        "", max_length=200, description="Model that writes answers. Default: none, the articles are quoted."
    )
    llm_base_url: str = Field(
        OPENAI, description="Server of models that speaks OpenAI's protocol, e.g. http://127.0.0.1:11434/v1."
    )
    llm_api_key: SecretStr | None = Field(
        None, validate_default=True, description="Key for that server; one of your own may need none."
    )
    llm_fallback_model: str = Field(
        "", max_length=200, description="Model of the same server that is asked when the first one fails."
    )
    llm_timeout_seconds: float = Field(
        20, ge=2, le=25, description="Time for an answer; then the articles are quoted."
    )
    llm_max_tokens: int = Field(
        1000, ge=50, le=32_000, description="The longest answer of a model, its thinking included."
    )
    llm_conversation_tokens: int = Field(
        200_000, ge=0, description="Tokens that models may use in one conversation; 0: no limit."
    )
    llm_day_tokens: int = Field(
        2_000_000, ge=0, description="Tokens that models may use a day, all chats together; 0: no limit."
    )
    llm_price_read: Decimal | None = Field(
        None, ge=0, le=10_000, description="Price of a million tokens that the model reads, in your currency."
    )
    llm_price_written: Decimal | None = Field(
        None,
        ge=0,
        le=10_000,
        validate_default=True,
        description="Price of a million tokens that the model writes.",
    )
    llm_fallback_price_read: Decimal | None = Field(
        None, ge=0, le=10_000, description="The same of the fallback model. Default: as the first one's."
    )
    llm_fallback_price_written: Decimal | None = Field(
        None,
        ge=0,
        le=10_000,
        validate_default=True,
        description="The same of the fallback model. Default: as the first one's.",
    )
    llm_conversation_money: Decimal | None = Field(
        None, gt=0, le=1_000_000, description="What models may cost in one conversation; needs the prices."
    )
    llm_day_money: Decimal | None = Field(
        None, gt=0, le=1_000_000, description="What models may cost a day; needs the prices."
    )

    @field_validator("llm_base_url")
    @classmethod
    def _server_of_models(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
            raise ValueError("write it like https://api.openai.com/v1, without a name, a key or a password")
        return value.rstrip("/")

    @field_validator("llm_api_key")
    @classmethod
    def _key(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if value is None:
            at_openai = urlsplit(info.data.get("llm_base_url", "")).hostname == urlsplit(OPENAI).hostname
            if info.data.get("llm_model") and at_openai:
                raise ValueError(
                    "with OKIENKO_LLM_MODEL it is needed at api.openai.com; another server is named by "
                    "OKIENKO_LLM_BASE_URL"
                )
        elif not re.fullmatch(r"[\x21-\x7e]{1,2000}", value.get_secret_value()):
            raise ValueError("a key has no spaces, line breaks or accents; copy it once more")
        return value

    @field_validator("llm_fallback_model")
    @classmethod
    def _after_a_first_one(cls, value: str, info: ValidationInfo) -> str:
        if value and not info.data.get("llm_model"):
            raise ValueError("a model that comes second needs a first one: OKIENKO_LLM_MODEL")
        return value

    @field_validator("llm_price_written", "llm_fallback_price_written")
    @classmethod
    def _both_prices(cls, value: Decimal | None, info: ValidationInfo) -> Decimal | None:
        read = str(info.field_name).replace("written", "read")
        if read in info.data and (value is None) != (info.data[read] is None):
            raise ValueError(f"it goes together with OKIENKO_{read.upper()}: set both or none")
        return value

    @field_validator("llm_conversation_money", "llm_day_money")
    @classmethod
    def _needs_prices(cls, value: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if value is not None and info.data.get("llm_price_written") is None:
            raise ValueError("it needs the prices: OKIENKO_LLM_PRICE_READ and OKIENKO_LLM_PRICE_WRITTEN")
        return value
