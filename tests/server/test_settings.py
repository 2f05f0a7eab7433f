"""Settings are checked before anything starts: which one is wrong, and what is allowed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from foundation.contact import Contact
from foundation.errors import Misconfigured
from foundation.language import Language
from knowledge.index import EXACT_UP_TO
from server.settings import load_settings


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in list(os.environ):
        if name.startswith("OKIENKO_"):
            monkeypatch.delenv(name)


def test_the_defaults_are_an_embedded_shop_on_this_machine() -> None:
    settings = load_settings()
    assert (settings.host, settings.port, settings.data_dir) == ("127.0.0.1", 8000, Path("data"))
    assert settings.languages == (Language.PL, Language.EN)
    assert settings.identity_secret is None


def test_lists_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKIENKO_LANGUAGES", "en, pl")
    monkeypatch.setenv("OKIENKO_ALLOWED_ORIGINS", "https://a.example,http://localhost:3000")
    settings = load_settings()
    assert settings.default_language is Language.EN
    assert settings.allowed_origins == ("https://a.example", "http://localhost:3000")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("OKIENKO_PORT", "eighty", "integer"),
        ("OKIENKO_PORT", "70000", "65535"),
        ("OKIENKO_LANGUAGES", "pl,de", "'pl' or 'en'"),
        ("OKIENKO_LANGUAGES", ",", "at least one"),
        ("OKIENKO_ALLOWED_ORIGINS", "shop.example", "https://shop.example"),
        ("OKIENKO_ALLOWED_ORIGINS", "https://shop.example/page", "without a path"),
        ("OKIENKO_CHROMA_URL", "10.0.0.5:8000", "http://10.0.0.5:8000"),
        ("OKIENKO_CHROMA_URL", "http://user:word@10.0.0.5", "a password"),
        ("OKIENKO_KNOWLEDGE_ALLOW_HOSTS", "http://10.0.0.5/", "10.0.0.5:8080"),
        ("OKIENKO_EXACT_PASSAGES", "-1", "greater than or equal to 0"),
        ("OKIENKO_SECRET", "short", "32 characters"),
        ("OKIENKO_IDENTITY_SECRET", "short", "32 characters"),
        ("OKIENKO_LOG_LEVEL", "loud", "debug, info, warning, error"),
        ("OKIENKO_SITE_KEY", "with space", "pattern"),
        ("OKIENKO_MESSAGES_PER_MINUTE", "-1", "greater than or equal to 0"),
        ("OKIENKO_REDIS_URL", "10.0.0.5:6379", "redis://10.0.0.5:6379/0"),
        ("OKIENKO_REDIS_URL", "http://10.0.0.5:6379", "rediss://"),
        ("OKIENKO_REDIS_URL", "redis://10.0.0.5:port/0", "redis://10.0.0.5:6379/0"),
        ("OKIENKO_REDIS_URL", "redis://10.0.0.5/shop", "redis://10.0.0.5:6379/0"),
        ("OKIENKO_REDIS_URL", "redis://10.0.0.5/0?socket_timeout=9", "redis://10.0.0.5:6379/0"),
        ("OKIENKO_SHOP_MESSAGES_PER_MINUTE", "-1", "greater than or equal to 0"),
        ("OKIENKO_SOCKETS", "-1", "greater than or equal to 0"),
        ("OKIENKO_SMTP_URL", "mail.example:587", "smtp+starttls://"),
        ("OKIENKO_SMTP_URL", "smtp://u:p@mail.example", "OKIENKO_MAIL_FROM"),
        ("OKIENKO_MAIL_FROM", "our shop", "help@shop.example"),
        ("OKIENKO_CONTACT_EMAIL", "pomoc sklep", "help@shop.example"),
        ("OKIENKO_CONTACT_EMAIL", "a@b.example\nBcc: c@d.example", "help@shop.example"),
        ("OKIENKO_CONTACT_PHONE", "555", "33 555 01 20"),
        ("OKIENKO_CONTACT_PHONE", "33 555 01 20 albo 22", "country's code"),
        ("OKIENKO_CONTACT_PHONE", "call us", "33 555 01 20"),
        ("OKIENKO_STYLE", "rude", "'formal', 'informal' or 'neutral'"),
        ("OKIENKO_LLM_MODEL", "gpt-4.1-mini", "OKIENKO_LLM_API_KEY"),
        ("OKIENKO_LLM_BASE_URL", "localhost:11434", "https://api.openai.com/v1"),
        ("OKIENKO_LLM_BASE_URL", "https://key@models.example/v1", "without a name"),
        ("OKIENKO_LLM_API_KEY", "two words", "copy it once more"),
        ("OKIENKO_LLM_FALLBACK_MODEL", "small", "OKIENKO_LLM_MODEL"),
        ("OKIENKO_LLM_TIMEOUT_SECONDS", "60", "less than or equal to 25"),
        ("OKIENKO_LLM_PRICE_READ", "0.4", "set both or none"),
        ("OKIENKO_LLM_FALLBACK_PRICE_WRITTEN", "0.4", "OKIENKO_LLM_FALLBACK_PRICE_READ"),
        ("OKIENKO_LLM_DAY_MONEY", "5", "needs the prices"),
        ("OKIENKO_PROT", "8000", "Did you mean OKIENKO_PORT?"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(Misconfigured) as refused:
        load_settings()
    assert name in refused.value.message
    assert says in refused.value.message


def test_a_secret_is_never_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKIENKO_SECRET", "hunter2")
    with pytest.raises(Misconfigured) as refused:
        load_settings()
    assert "hunter2" not in refused.value.message
    monkeypatch.setenv("OKIENKO_SMTP_URL", "smtp://u:hunter2#@mail.example")
    with pytest.raises(Misconfigured) as refused:
        load_settings()
    assert "OKIENKO_SMTP_URL" in refused.value.message
    assert "hunter2" not in refused.value.message
    monkeypatch.delenv("OKIENKO_SMTP_URL")
    monkeypatch.setenv("OKIENKO_LLM_API_KEY", "sk hunter2")
    with pytest.raises(Misconfigured) as refused:
        load_settings()
    assert "OKIENKO_LLM_API_KEY" in refused.value.message
    assert "hunter2" not in refused.value.message
    monkeypatch.delenv("OKIENKO_LLM_API_KEY")
    monkeypatch.setenv("OKIENKO_SECRET", "x" * 40)
    assert "x" * 40 not in repr(load_settings())


def test_a_model_with_its_prices_and_limits_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "STYLE": "formal",
        "LLM_MODEL": "llama",
        "LLM_BASE_URL": "http://127.0.0.1:11434/v1/",
        "LLM_PRICE_READ": "0.4",
        "LLM_PRICE_WRITTEN": "1.6",
        "LLM_DAY_MONEY": "5",
    }.items():
        monkeypatch.setenv(f"OKIENKO_{name}", value)
    settings = load_settings()
    assert settings.llm_base_url == "http://127.0.0.1:11434/v1"
    assert (settings.style, settings.llm_api_key, settings.llm_day_money) == ("formal", None, Decimal(5))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("33 555 01 20", "+48 33 555 01 20"),
        ("+48335550120", "+48 33 555 01 20"),
        ("(33) 555-01-20", "+48 33 555 01 20"),
        ("+44 20 7946 0958", "+44 20 7946 0958"),
        (" ", ""),
    ],
)
def test_a_telephone_is_written_as_people_read_it(
    monkeypatch: pytest.MonkeyPatch, typed: str, written: str
) -> None:
    monkeypatch.setenv("OKIENKO_CONTACT_PHONE", typed)
    monkeypatch.setenv("OKIENKO_CONTACT_EMAIL", " pomoc@sklep-żółw.example ")
    assert load_settings().contact == Contact("pomoc@sklep-żółw.example", written)


def test_all_wrong_settings_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKIENKO_PORT", "0")
    monkeypatch.setenv("OKIENKO_LOG_LEVEL", "loud")
    with pytest.raises(Misconfigured) as refused:
        load_settings()
    assert "OKIENKO_PORT" in refused.value.message
    assert "OKIENKO_LOG_LEVEL" in refused.value.message


def test_the_limit_of_exact_search_is_the_measured_one() -> None:
    assert load_settings().exact_passages == EXACT_UP_TO


def test_the_password_of_redis_is_not_echoed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKIENKO_REDIS_URL", "redis://:hush-hush@10.0.0.5/what")
    with pytest.raises(Misconfigured) as refused:
        load_settings()
    assert "hush-hush" not in refused.value.message
    monkeypatch.setenv("OKIENKO_REDIS_URL", "rediss://u:hush-hush@redis.example")
    assert "hush-hush" not in repr(load_settings())


def test_limits_of_address_and_shop_follow_the_visitors_unless_they_are_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def limits() -> tuple[int, int]:
        settings = load_settings()
        return settings.messages_of_address, settings.messages_of_shop

    assert limits() == (300, 3000)
    monkeypatch.setenv("OKIENKO_MESSAGES_PER_MINUTE", "0")
    assert limits() == (0, 0)
    monkeypatch.setenv("OKIENKO_ADDRESS_MESSAGES_PER_MINUTE", "7")
    monkeypatch.setenv("OKIENKO_SHOP_MESSAGES_PER_MINUTE", "0")
    assert limits() == (7, 0)
