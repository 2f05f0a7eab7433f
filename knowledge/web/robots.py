"""What a site lets us read: its robots.txt, and what its pages say to robots. The home of protego. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.web.addresses import Address

if TYPE_CHECKING:
    from protego import Protego

NAME = "Okienko"
"""What a robots.txt calls us."""
MAX_BYTES = 512 * 1024
"""Source: RFC 9309, 2.5 (at least 500 KiB are to be read)."""
MAX_DELAY_SECONDS = 5.0
"""A longer Crawl-delay is not kept: with it 500 pages would take hours."""

_NO_INDEX = frozenset({"noindex", "none"})
_WITH_VALUE = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})


def forbids_indexing(said: str) -> bool:
    """Tell whether what a page says to robots asks us to leave it out.

    Args:
        said: Of an ``X-Robots-Tag`` header (several as lines) or a robots ``meta``: directives by commas;
            those after the name of a robot and a colon are for that robot alone.
    """
    for line in said.casefold().splitlines():
        agent = ""
        for part in line.split(","):
            name, colon, rest = (piece.strip() for piece in part.partition(":"))
            if colon and name not in _WITH_VALUE:
                agent, name = name, rest
            if name in _NO_INDEX and agent in ("", "*", "robots", NAME.casefold()):
                return True
    return False


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one origin. Without a text all is allowed."""

    rules: Protego | None = None

    @classmethod
    def parse(cls, content: bytes) -> Robots:
        """Read a robots.txt; lines that make no sense are passed over."""
        from protego import Protego

        return cls(Protego.parse(content[:MAX_BYTES].decode("utf-8", errors="replace")))

    def allows(self, address: Address) -> bool:
        """Tell whether we may ask for this page."""
        return self.rules is None or self.rules.can_fetch(str(address), NAME)

    @property
    def delay_seconds(self) -> float:
        """How long to wait between two requests; 0 without a wish."""
        wish = self.rules.crawl_delay(NAME) if self.rules is not None else None
        return min(max(wish or 0.0, 0.0), MAX_DELAY_SECONDS)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that it names."""
        return tuple(self.rules.sitemaps) if self.rules is not None else ()
