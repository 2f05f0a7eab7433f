"""Settings of what several processes share: the database, the Redis and the vectors' server."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, SecretStr, ValidationInfo, field_validator

from foundation import postgres
from foundation.errors import Misconfigured

WHOLE = {
    "database_url": "OKIENKO_DATABASE_URL (PostgreSQL)",
    "redis_url": "OKIENKO_REDIS_URL",
    "chroma_url": "OKIENKO_CHROMA_URL",
}
"""What more than one process needs."""


class SharedSettings(BaseModel):
    """The part of the settings that says what other processes use too."""

    data_dir: Path = Field(
        Path("data"), description="Folder of the shop's data: database, search index, photos, secrets."
    )
    database_url: SecretStr | None = Field(
        None,
        description="A PostgreSQL database instead of the file in the data folder: "
        "postgresql+asyncpg://user:password@10.0.0.5:5432/okienko.",
    )
    redis_url: SecretStr | None = Field(
        None,
        description="A Redis through which processes wake each other and count limits together: "
        "redis://user:password@10.0.0.5:6379/0, or rediss:// for TLS. Default: none; one process.",
    )
    chroma_url: str = Field(
        "",
        description="A Chroma server that holds the vectors, e.g. http://10.0.0.5:8000. Default: none; this "
        "machine searches.",
    )
    secret: SecretStr | None = Field(
        None,
        validate_default=True,
        description="Signs sessions, 32+ characters. Default: made once and kept in the data folder; with "
        "OKIENKO_DATABASE_URL it must be set.",
    )

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            postgres.url_of(value.get_secret_value())
        return value

    @field_validator("redis_url")
    @classmethod
    def _redis(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return value
        try:
            parts = urlsplit(value.get_secret_value())
            whole = parts.scheme in ("redis", "rediss") and parts.hostname and parts.port != 0
        except ValueError:
            whole = False
        if not whole or parts.query or parts.fragment or not _is_number(parts.path.removeprefix("/")):
            raise ValueError(
                "write it like redis://10.0.0.5:6379/0, with rediss:// for TLS and user:password@ if it asks "
                "for them, percent-encoded"
            )
        return value

    @field_validator("chroma_url")
    @classmethod
    def _bare_url(cls, value: str) -> str:
        parts = urlsplit(value)
        whole = parts.scheme in ("http", "https") and parts.hostname and not parts.username
        if value and (not whole or parts.path.strip("/") or parts.query):
            raise ValueError("write it like http://10.0.0.5:8000, without a path, a name or a password")
        return value.rstrip("/")

    @field_validator("secret")
    @classmethod
    def _one_for_all(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if value is None and info.data.get("database_url") is not None:
            raise ValueError(
                "with OKIENKO_DATABASE_URL every process must sign alike: set it to 32 characters or more"
            )
        return value

    def check_workers(self, workers: int) -> None:
        """Make sure that so many processes may serve.

        Raises:
            Misconfigured: They have nothing to share; says what to set.
        """
        missing = [name for field, name in WHOLE.items() if not getattr(self, field)]
        if workers > 1 and missing:
            raise Misconfigured(
                f"{workers} processes need what they can share: set {', '.join(missing)}. "
                "One process needs none of it: okienko serve"
            )

    def apart(self, folder: Path, **others: Any) -> Self:
        """Return these settings for a shop of its own in a folder, which shares nothing and mails nobody."""
        nothing = dict.fromkeys(("database_url", "redis_url", "smtp_url")) | {
            "chroma_url": "",
            "llm_model": "",
        }
        return self.model_copy(update={**nothing, "data_dir": folder, **others})


def _is_number(database: str) -> bool:
    return not database or (database.isascii() and database.isdigit() and len(database) <= 5)
