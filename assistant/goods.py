"""Which goods a text names, by general names: shoes, a jacket, socks… Pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from assistant import lexicon
from assistant.plain import simplify


def groups_of(words: Iterable[str], *, wider: bool) -> frozenset[int]:
    """Return the groups of `lexicon.GOODS` that simplified words name.

    Args:
        words: As `plain.simplify` gives them.
        wider: Let "buty" stand for every kind of footwear.
    """
    named = set(words)
    found = {number for number, group in enumerate(lexicon.GOODS) if named & group}
    if wider:
        for word in named:
            found |= set(range(lexicon.WIDER_GOODS.get(word, 0)))
    return frozenset(found)


@lru_cache(maxsize=1 << 14)
def goods_in(text: str) -> frozenset[int]:
    """Return the goods that a text names, wider names for all that they cover."""
    return groups_of(simplify(text).split(), wider=True)
