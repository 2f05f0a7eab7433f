"""What was fetched, as a file that a reader takes: its content, a name, and its kind. Pure."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from knowledge.reading.kinds import PAGE_MEDIA_TYPE, SUFFIXES, kind_of
from knowledge.remarks import Refused
from knowledge.web.addresses import Address
from knowledge.web.line import Fetched

_HTML = ("text/html", "application/xhtml+xml")
# Encodings of pages. Python knows others that are none: "undefined" raises, "unicode_escape" interprets.
_CHARSET = re.compile(
    r"charset\s*=\s*[\"']?((?:windows-|cp)125\d|iso-8859-\d{1,2}|latin-?[12]|koi8-[ru]|utf-16(?:le|be)?)\b",
    re.IGNORECASE,
)


def page_name(address: Address) -> str:
    """Return a name for a page, such as ``shop-example/pomoc/zwroty``: its article's id is made of it."""
    path, _, query = address.target.partition("?")
    parts = [address.host.removeprefix("www."), *path.split("/")]
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in SUFFIXES or re.fullmatch(r"\.(php|aspx?|jsp|xhtml)", suffix):
        parts[-1] = parts[-1][: -len(suffix)]
    if query:
        parts[-1] += f"-{query}"
    words = (re.sub(r"[^\w]+", "-", unquote(part)).strip("-_") for part in parts)
    return "/".join(word for word in words if word)


def as_file(answer: Fetched, address: Address) -> tuple[bytes, str, str]:
    """Return the content, a name and the media type by which a reader is found.

    Raises:
        Refused: It is nothing that can be read.
    """
    media_type = answer.media_type.partition(";")[0].strip().lower()
    name = page_name(address)
    if media_type in _HTML or (not media_type and b"<html" in answer.content[:2000].lower()):
        return _as_utf8(answer), name, PAGE_MEDIA_TYPE
    suffix = PurePosixPath(answer.address.path).suffix.lower()
    if suffix in SUFFIXES and media_type not in _HTML:
        return answer.content, name + suffix, media_type
    try:
        kind_of(name, media_type)
    except Refused as error:
        raise Refused("page_unknown_kind", kind=media_type or "?") from error
    return answer.content, name, media_type


def _as_utf8(answer: Fetched) -> bytes:
    """Return a page in UTF-8 if its server says that it is in something else."""
    named = _CHARSET.search(answer.media_type)
    try:
        answer.content.decode("utf-8")
    except UnicodeDecodeError:
        if named:
            try:
                return answer.content.decode(named[1], errors="replace").encode("utf-8", "replace")
            except LookupError:
                pass  # no encoding that we know: the page itself may say more
    return answer.content
