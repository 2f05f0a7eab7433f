from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.reading.kinds import Kind
from knowledge.reading.sandbox import Limits, Sandbox
from knowledge.remarks import Refused

ROOT = Path(__file__).parents[2]

TANGLED = ("*a **a " * 60_000).encode()
"""Markdown that takes minutes."""

STUB = """
import json, os, sys
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin.buffer:
    content = sys.stdin.buffer.read(json.loads(line)["size"])
    if content == b"die":
        os._exit(3)
    if content == b"rave":
        print("x" * 3_000_000, flush=True)
    if content == b"eat":
        print(json.dumps({"refused": "too_much_memory"}), flush=True)
    if content == b"lie":
        print(json.dumps({"parsed": {"drafts": 7}}), flush=True)
    print(json.dumps({"failed": os.environ.get("OKIENKO_SECRET", "nothing known")}), flush=True)
"""
"""A child that answers, dies or raves as it is told."""


def test_one_child_reads_many_files() -> None:
    with Sandbox() as sandbox:
        first = sandbox.parse(Kind.MARKDOWN, b"# One\n\nA text.", "one.md")
        second = sandbox.parse(Kind.HTML, b"<h1>Two</h1><p>A text.</p>", "two.html")
    assert [draft.fields["title"] for draft in (*first.drafts, *second.drafts)] == ["One", "Two"]


def test_a_file_that_takes_too_long_is_named_and_the_next_is_read() -> None:
    with Sandbox(Limits(seconds=1)) as sandbox:
        with pytest.raises(Refused) as refused:
            sandbox.parse(Kind.MARKDOWN, TANGLED, "tangled.md")
        assert (refused.value.code, refused.value.fields) == ("too_slow", {"limit": 1})
    with Sandbox() as sandbox:
        assert sandbox.parse(Kind.MARKDOWN, b"# A\n\nText", "a.md").drafts


def test_more_text_than_is_allowed_is_refused() -> None:
    with Sandbox(Limits(answer_mb=1)) as sandbox:
        with pytest.raises(Refused) as refused:
            sandbox.parse(Kind.MARKDOWN, b"word " * 300_000, "long.md")
        assert (refused.value.code, refused.value.fields) == ("too_much_text", {"limit": 1})
        assert sandbox.parse(Kind.MARKDOWN, b"# A\n\nText", "a.md").drafts


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"die", "reader_died"),
        (b"rave", "too_much_text"),
        (b"lie", "reader_died"),
        (b"eat", "too_much_memory"),
    ],
)
def test_a_child_that_dies_or_raves_takes_one_file_with_it(content: bytes, code: str) -> None:
    with Sandbox(Limits(answer_mb=1), program=STUB) as sandbox:
        with pytest.raises(Refused) as refused:
            sandbox.parse(Kind.MARKDOWN, content, "bad.md")
        assert refused.value.code == code


def test_a_new_child_follows_one_that_died() -> None:
    with Sandbox(program=STUB) as sandbox:
        for content, code in ((b"die", "reader_died"), (b"good", "damaged"), (b"eat", "too_much_memory")):
            with pytest.raises(Refused) as refused:
                sandbox.parse(Kind.PDF, content, "any.pdf")
            assert refused.value.code == code


def test_the_child_knows_no_secret_of_ours(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("OKIENKO_SECRET", "hush")
    with caplog.at_level("INFO"), Sandbox(program=STUB) as sandbox, pytest.raises(Refused):
        sandbox.parse(Kind.PDF, b"good", "any.pdf")
    assert "nothing known" in caplog.text
    assert "hush" not in caplog.text


def test_a_closed_sandbox_opens_again() -> None:
    sandbox = Sandbox()
    with sandbox:
        sandbox.parse(Kind.MARKDOWN, b"# A\n\nText", "a.md")
    sandbox.close()  # twice is fine
    with sandbox:
        assert sandbox.parse(Kind.MARKDOWN, b"# A\n\nText", "a.md").drafts


def test_the_child_does_not_need_our_folder(tmp_path: Path) -> None:
    code = (
        f"import sys; sys.path.append({str(ROOT)!r})\n"
        "from knowledge.reading.kinds import Kind\nfrom knowledge.reading.sandbox import Sandbox\n"
        "with Sandbox() as sandbox:\n"
        "    print(sandbox.parse(Kind.MARKDOWN, b'# A\\n\\nText', 'a.md').drafts[0].body)"
    )
    out = subprocess.run(
        [sys.executable, "-I", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert out.stdout.strip() == "Text"


FORBIDDEN = {
    "a connection": "import socket; socket.create_connection(('127.0.0.1', 9))",
    "a name": "import socket; socket.getaddrinfo('localhost', 80)",
    "a program": "import subprocess; subprocess.run(['true'])",
    "a shell": "import os; os.system('true')",
    "a fork": "import os; os.fork()",
    "a file": "open('written', 'wb', buffering=0).write(b'x' * 10)",
    "memory": "b'x' * 2_000_000_000",
}


@pytest.mark.skipif(sys.platform == "win32", reason="limits are those of Unix")
@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_child_may_not(what: str, tmp_path: Path) -> None:
    code = f"try: {FORBIDDEN[what]}\nexcept (OSError, MemoryError) as error: print(type(error).__name__)"
    assert _confined(code, tmp_path) in ("PermissionError", "OSError", "MemoryError")


def _confined(code: str, folder: Path = ROOT) -> str:
    """Return what `code` prints in a process that is limited as the child is."""
    start = f"import sys; sys.path.append({str(ROOT)!r})\nfrom knowledge.reading.formats import child"
    out = subprocess.run(
        [sys.executable, "-I", "-B", "-c", f"{start}\nchild.confine(1024)\n{code}"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return out.stdout.strip()
