"""Bytes into text, for the formats that are text."""

from __future__ import annotations

import re

from knowledge.remarks import Refused

MAX_LINES = 50_000

# As files of Polish Windows and of older Polish pages are encoded.
_OLD = ("cp1250", "iso-8859-2", "cp1252", "iso-8859-1")
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)


def utf8(content: bytes, *, max_lines: int | None = MAX_LINES) -> str:
    """Return the text of a UTF-8 file, lines parted by line feeds.

    Raises:
        Refused: It is not text, not UTF-8, empty, or has too many lines.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("not_text" if b"\0" in content else "not_utf8") from error
    return _checked(text, max_lines)


def html(content: bytes) -> str:
    """Return the text of a page: UTF-8, else as its ``<meta charset>`` says, if that is an encoding we know.

    Raises:
        Refused: As `utf8`.
    """
    declared = _DECLARED.search(content[:4096])
    name = declared[1].decode("ascii").lower().replace("windows-", "cp") if declared else ""
    if name in _OLD:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            return _checked(content.decode(name, errors="replace"), MAX_LINES)
    return utf8(content)


def spreadsheet(content: bytes) -> tuple[str, str]:
    """Return the text of a CSV file and, if it had to be guessed, the name of its encoding, else "".

    Raises:
        Refused: It is not text, or empty.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return _checked(content.decode("utf-16"), None), ""
        except UnicodeDecodeError as error:
            raise Refused("not_text") from error
    try:
        return utf8(content, max_lines=None), ""
    except Refused as error:
        if error.code != "not_utf8":
            raise
    guesses = {name: content.decode(name, errors="replace") for name in _OLD[:2]}
    name = max(guesses, key=lambda guess: _polish(guesses[guess]))
    return _checked(guesses[name], None), {"cp1250": "Windows-1250"}.get(name, name.upper())


def _polish(text: str) -> int:
    return sum(text.count(letter) for letter in "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")


def _checked(text: str, max_lines: int | None) -> str:
    if "\0" in text:
        raise Refused("not_text")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Refused("empty")
    if max_lines is not None and text.count("\n") > max_lines:
        raise Refused("too_many_lines", limit=max_lines)
    return text
