"""What a site lets us read: its robots.txt. The home of protego. Pure: text in, answers out."""

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
