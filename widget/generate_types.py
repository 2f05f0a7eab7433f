"""Write the wire protocol's TypeScript types: `conversation/frames.py` → `widget/src/frames.ts`.

Run `python -m widget.generate_types`; with `--check` nothing is written, and a stale file is an error.
A workshop tool: nothing that serves imports it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema

from conversation import frames

TARGET = Path(__file__).parent / "src" / "frames.ts"

_RENAMED = {"Error": "ErrorFrame"}
"""A type named `Error` would hide the browser's own."""

_HEADER = "// Generated from conversation/frames.py by `python -m widget.generate_types`. Do not edit.\n"

_PRIMITIVES = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
}


def typescript() -> str:
    """Return the whole text of `frames.ts`: constants, one interface a model, and the two unions."""
    definitions = {**_client_definitions(), **_server_definitions()}
    parts = [_HEADER, _constants()]
    parts += [_declaration(name, definitions[name]) for name in sorted(definitions)]
    parts.append(_union("ClientFrame", frames.CLIENT_FRAME))
    parts.append(_union("ServerFrame", frames.SERVER_FRAME))
    return "\n".join(parts)


def _client_definitions() -> dict[str, Any]:
    """Schemas of what the widget writes: a field with a default may be left out."""
    client = (frames.Hello, frames.PostMessage, frames.SessionRequest)
    return _definitions([(model, "validation") for model in client])


def _server_definitions() -> dict[str, Any]:
    """Schemas of what the widget reads: a field with a default is always there, unless it is null."""
    union = frames.SERVER_FRAME.json_schema(mode="serialization")["$defs"]
    replies = (frames.SessionReply, frames.EventsReply, frames.PostReply)
    definitions = {**union, **_definitions([(model, "serialization") for model in replies])}
    for schema in definitions.values():
        fields = schema.get("properties", {}).items()
        schema["required"] = [
            name for name, value in fields if {"type": "null"} not in value.get("anyOf", [])
        ]
    return definitions


def _definitions(models: list[Any]) -> dict[str, Any]:
    _, schema = models_json_schema(models)
    definitions: dict[str, Any] = schema["$defs"]
    return definitions


def _constants() -> str:
    names = ("PROTOCOL_VERSION", "MAX_FRAME_BYTES", "MAX_BODY_CHARS")
    return "".join(f"export const {name} = {getattr(frames, name)};\n" for name in names)


def _declaration(name: str, schema: dict[str, Any]) -> str:
    comment = _comment(schema.get("description", ""))
    if "properties" not in schema:
        return f"{comment}export type {_name(name)} = {_type(schema)};\n"
    required = set(schema.get("required", ()))
    lines = [
        f"  {field}{'' if field in required or 'const' in value else '?'}: {_type(value)};\n"
        for field, value in schema["properties"].items()
    ]
    return f"{comment}export interface {_name(name)} {{\n{''.join(lines)}}}\n"


def _comment(description: str) -> str:
    first = " ".join(description.split("\n\n")[0].split())
    return f"/** {first} */\n" if first else ""


def _union(name: str, adapter: TypeAdapter[Any]) -> str:
    refs = adapter.json_schema()["oneOf"]
    return f"export type {name} = {' | '.join(_type(ref) for ref in refs)};\n"


def _type(schema: dict[str, Any]) -> str:
    """Return the TypeScript type of a JSON schema, as far as the frames use JSON schema.

    Raises:
        ValueError: The schema uses something that this generator has not met.
    """
    if "$ref" in schema:
        return _name(schema["$ref"].rsplit("/", 1)[-1])
    if "const" in schema:
        return f'"{schema["const"]}"'
    if "enum" in schema:
        return " | ".join(f'"{value}"' for value in schema["enum"])
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " | ".join(_type(option) for option in schema[several])
    kind = schema.get("type")
    if kind == "array":
        inner = _type(schema["items"])
        return f"({inner})[]" if " " in inner else f"{inner}[]"
    if kind == "object":
        return "Record<string, unknown>"
    if kind in _PRIMITIVES:
        return _PRIMITIVES[kind]
    raise ValueError(f"No TypeScript type is known for {schema}; teach widget/generate_types.py.")


def _name(name: str) -> str:
    return _RENAMED.get(name, name)


def main(arguments: list[str] | None = None, target: Path = TARGET) -> int:
    """Write `target`, or with `--check` compare it. Return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the file is stale")
    check: bool = parser.parse_args(arguments).check
    text = typescript()
    if not check:
        target.write_text(text, encoding="utf-8")
        return 0
    if target.is_file() and target.read_text(encoding="utf-8") == text:
        return 0
    print(f"{target} is stale: run `python -m widget.generate_types`.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
