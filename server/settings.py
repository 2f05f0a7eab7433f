"""Settings: read once from the environment, checked before anything starts."""

from __future__ import annotations

import difflib
import os
import re
import sys
from pathlib import Path
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from assistant.redaction_checks import written_phone
from foundation.contact import Contact
from foundation.errors import InvalidInput, Misconfigured
from foundation.language import Language
from foundation.letter import Sender, bare_address
from foundation.smtp import SmtpServer
from handoff.hours import OpeningHours
from server.limit_settings import LimitSettings
from server.shared_settings import SharedSettings
from server.writer_settings import WriterSettings

PREFIX = "OKIENKO_"
NOT_SETTINGS = frozenset({"OKIENKO_REQUIRE", "OKIENKO_STAFF_PASSWORD"})
"""Variables that begin like settings: for tests, and for one command."""


class Settings(SharedSettings, WriterSettings, LimitSettings, BaseSettings):
    """Every setting, with its default. The environment variable is ``OKIENKO_`` + the name in capitals."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, env_ignore_empty=True)

    models_dir: Path = Field(
        Path(sys.prefix) / "share" / "okienko" / "models",
        description="Folder of exported embedding models. Default: inside the Python environment.",
    )
    embedding_model: str = Field(
        "all-MiniLM-L6-v2",
        description="Any sentence-transformers model, by name or folder. The default comes with the install.",
    )
    return_days: int | None = Field(
        None,
        ge=1,
        le=3650,
        description="The shop's own window for returns, in days, if it is longer than 14.",
    )
    exact_passages: int = Field(
        20_000, ge=0, description="Up to so many passages are searched exactly, without Chroma."
    )
    knowledge_allow_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Hosts of your own network that articles may be read from, by commas: "
        "intranet.example:8080. Others that are private are refused.",
    )
    host: str = Field("127.0.0.1", description="Address to serve on; 0.0.0.0 for every network.")
    port: int = Field(8000, ge=1, le=65535, description="Port to serve on.")
    shop_name: str = Field("", max_length=80, description="The shop's name, as shoppers see it.")
    assistant_name: str = Field("Okienko", min_length=1, max_length=40, description="The assistant's name.")
    site_key: str = Field(
        "demo", pattern=r"^[A-Za-z0-9_-]{1,64}$", description="Public key that the widget names. No secret."
    )
    languages: Annotated[tuple[Language, ...], NoDecode] = Field(
        (Language.PL, Language.EN), description="Languages of the shop, the first one is the default: pl,en."
    )
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Origins of the pages that embed the widget, e.g. https://shop.example, by commas."
    )
    identity_secret: SecretStr | None = Field(
        None, description="Checks the shop's identity tokens, 32+ characters. Without it all are guests."
    )
    smtp_url: SecretStr | None = Field(
        None,
        description="Mail server: smtp+starttls://user:password@mail.example:587. None: no mail is sent.",
    )
    mail_from: str = Field(
        "",
        validate_default=True,
        description="Whom mail comes from, e.g. My shop <help@shop.example>; needed with a mail server.",
    )
    contact_email: str = Field(
        "", description="The shop's address for people: given to shoppers, and where answers to mail go."
    )
    contact_phone: str = Field(
        "", description="The shop's telephone for people, e.g. 33 555 01 20 or +44 20 7946 0958."
    )
    opening_hours: str = Field(
        "",
        description="When people answer: Mon-Fri 09:00-17:00, Sat 10:00-14:00. Default: always. "
        "Polish public holidays are closed.",
    )
    resolve_after_hours: float = Field(
        24, gt=0, le=8760, description="Hours of silence after which a conversation is closed."
    )
    stale_after_days: int = Field(
        180, ge=1, le=3650, description="Days after which an article is to be confirmed as still true."
    )
    keep_conversations_days: int | None = Field(
        None,
        ge=1,
        le=36500,
        description="Days after which a closed conversation and old mail are erased. Default: never.",
    )
    keep_turn_records_days: int | None = Field(
        None,
        ge=1,
        le=36500,
        description="Days after which what an answer was made of is erased. Default: with its conversation.",
    )
    keep_requests_days: int | None = Field(
        None,
        ge=30,
        le=36500,
        description="Days after which a settled withdrawal or complaint is erased. Default: never.",
    )
    trusted_proxies: str = Field(
        "",
        description="Addresses of proxies whose X-Forwarded-For is believed, by commas; * for any.",
    )
    log_level: str = Field("warning", description="debug, info, warning or error.")
    log_format: Literal["text", "json"] = Field("text", description="A line or a JSON object a record.")
    metrics_token: SecretStr | None = Field(
        None,
        description="Whoever shows it may read /metrics, 32+ characters. Without it nothing is measured.",
    )
    drain_seconds: float = Field(
        0,
        ge=0,
        le=300,
        description="So long a server that is told to stop still serves: a balancer turns away meanwhile.",
    )
    reuse_port: bool = Field(
        False, description="Let a second server take the same port, which restarts without a gap."
    )
    eval_data: Path = Field(
        Path("../shared/data"), description="Folder of evaluation data, for tests and benchmarks only."
    )

    @field_validator("languages", "allowed_origins", "knowledge_allow_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("languages")
    @classmethod
    def _some_language(cls, value: tuple[Language, ...]) -> tuple[Language, ...]:
        if not value:
            raise ValueError("name at least one of: pl, en")
        return value

    @field_validator("allowed_origins")
    @classmethod
    def _origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            parts = urlsplit(origin)
            if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query:
                raise ValueError(
                    f"{origin!r} is no origin; write it like https://shop.example, without a path"
                )
        return value

    @field_validator("knowledge_allow_hosts")
    @classmethod
    def _hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for host in value:
            if not re.fullmatch(r"(\[[0-9A-Fa-f:.]+\]|[\w.-]+)(:\d{1,5})?", host):
                raise ValueError(f"{host!r} is no host; write it like intranet.example or 10.0.0.5:8080")
        return value

    @field_validator("secret", "identity_secret", "metrics_token")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value().encode()) < 32:
            raise ValueError(
                "it needs at least 32 characters; make one with: "
                'python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
            )
        return value

    @field_validator("smtp_url")
    @classmethod
    def _mail_server(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            try:
                SmtpServer.parse(value.get_secret_value())
            except InvalidInput as error:
                raise ValueError(error.message.rstrip(".")) from error
        return value

    @field_validator("mail_from")
    @classmethod
    def _sender(cls, value: str, info: ValidationInfo) -> str:
        if not value and info.data.get("smtp_url") is None:
            return value
        try:
            Sender.parse(value)
        except InvalidInput as error:
            raise ValueError(
                "with OKIENKO_SMTP_URL it must say whom mail comes from, like: My shop <help@shop.example>"
            ) from error
        return value

    @field_validator("contact_email")
    @classmethod
    def _written_to(cls, value: str) -> str:
        try:
            if value.strip():
                bare_address(value)
        except InvalidInput:
            raise ValueError("this is no e-mail address; write it like help@shop.example") from None
        return value.strip()

    @field_validator("contact_phone")
    @classmethod
    def _called(cls, value: str) -> str:
        phone = written_phone(value) if value.strip() else ""
        if phone is None:
            raise ValueError(
                "no numbering plan has this telephone number; write one like 33 555 01 20, "
                "or with its country's code: +44 20 7946 0958"
            )
        return phone

    @field_validator("opening_hours")
    @classmethod
    def _known_hours(cls, value: str) -> str:
        try:
            OpeningHours.parse(value)
        except InvalidInput as error:
            raise ValueError(error.message) from None
        return value

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.lower() not in ("debug", "info", "warning", "error"):
            raise ValueError("allowed are debug, info, warning, error")
        return value.lower()

    @property
    def contact(self) -> Contact:
        """How else shoppers reach the shop."""
        return Contact(self.contact_email, self.contact_phone)

    @property
    def default_language(self) -> Language:
        """The language for those whose own we do not speak."""
        return self.languages[0]


def load_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        Misconfigured: One is wrong, or a name is unknown; says which, and what is allowed.
    """
    problems = _unknown_names()
    try:
        settings = Settings()
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=False):
            name = PREFIX + str(detail["loc"][0]).upper()
            # A secret's value must not be echoed.
            value = "" if name in _secret_names() else f" (it is {str(detail['input'])[:60]!r})"
            said = detail["msg"].removeprefix("Value error, ")
            problems.append(f"{name}{value}: {said[:1].lower()}{said[1:]}.")
    if problems:
        raise Misconfigured("A setting is wrong, so nothing was started.\n  " + "\n  ".join(problems))
    return settings


def _secret_names() -> set[str]:
    fields = Settings.model_fields.items()
    return {PREFIX + name.upper() for name, field in fields if SecretStr in get_args(field.annotation)}


def _unknown_names() -> list[str]:
    known = {PREFIX + name.upper() for name in Settings.model_fields} | NOT_SETTINGS
    problems = []
    for name in sorted(os.environ):
        if not name.startswith(PREFIX) or name in known:
            continue
        near = difflib.get_close_matches(name, known, n=1)
        hint = f" Did you mean {near[0]}?" if near else " See the table in docs/settings.md."
        problems.append(f"{name}: there is no such setting.{hint}")
    return problems
