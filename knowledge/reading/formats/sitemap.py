"""Sitemaps: their addresses, as fields of one draft without a text."""

from __future__ import annotations

from knowledge.reading.draft import Draft, Parsed
from knowledge.remarks import Refused
from knowledge.web.addresses import PageRefused
from knowledge.web.sitemap import parse_sitemap


def parse(content: bytes, name: str) -> Parsed:
    """Read what a sitemap lists.

    Raises:
        Refused: It is no sitemap, no sound XML, or too large.
    """
    try:
        found = parse_sitemap(content)
    except PageRefused as error:
        raise Refused(error.code, **error.fields) from error
    return Parsed((Draft("", {"pages": found.pages, "sitemaps": found.sitemaps}),))
