"""Every text of the pages, in every language, joined from the `…_texts` modules beside this one.

A text may have places (``{name}``) and, for a number given as ``count``, forms divided by ``|``: Polish has
one, few and many (1 rozmowa | 2 rozmowy | 5 rozmów), English one and many.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from foundation.language import Language
from foundation.style import Style
from server.pages.app_texts import APP_TEXTS
from server.pages.code_texts import CODE_TEXTS
from server.pages.desk_texts import DESK_TEXTS
from server.pages.formal_texts import FORMAL_TEXTS
from server.pages.knowledge_draft_texts import KNOWLEDGE_DRAFT_TEXTS
from server.pages.knowledge_edit_texts import KNOWLEDGE_EDIT_TEXTS
from server.pages.knowledge_texts import KNOWLEDGE_TEXTS
from server.pages.knowledge_try_texts import KNOWLEDGE_TRY_TEXTS
from server.pages.overview_texts import OVERVIEW_TEXTS
from server.pages.owner_texts import OWNER_TEXTS
from server.pages.privacy_texts import PRIVACY_TEXTS
from server.pages.request_texts import REQUEST_TEXTS
from server.pages.transcript_texts import TRANSCRIPT_TEXTS


def joined(*groups: Mapping[str, dict[Language, str]]) -> dict[str, dict[Language, str]]:
    """Return the texts of all groups by key.

    Raises:
        ValueError: Two groups have the same key: one text would silently hide the other.
    """
    texts: dict[str, dict[Language, str]] = {}
    for group in groups:
        if twice := sorted(texts.keys() & group.keys()):
            raise ValueError(f"These texts stand in two modules: {', '.join(twice)}.")
        texts |= group
    return texts


TEXTS = joined(
    APP_TEXTS,
    CODE_TEXTS,
    DESK_TEXTS,
    OWNER_TEXTS,
    OVERVIEW_TEXTS,
    TRANSCRIPT_TEXTS,
    KNOWLEDGE_TEXTS,
    KNOWLEDGE_EDIT_TEXTS,
    KNOWLEDGE_DRAFT_TEXTS,
    KNOWLEDGE_TRY_TEXTS,
    PRIVACY_TEXTS,
    REQUEST_TEXTS,
)


def text(key: str, language: Language, style: Style = Style.INFORMAL, /, **values: Any) -> str:
    """Return a text with its places filled; `style` is how the reader is addressed, where that is a shopper.

    Raises:
        KeyError: There is no such text, or a place of it was not given.
    """
    found = TEXTS[key][language]
    if language is Language.PL and style is not Style.INFORMAL:
        found = FORMAL_TEXTS.get(key, found)
    if "|" in found:
        forms = found.split("|")
        found = forms[min(plural_form(int(values["count"]), language), len(forms) - 1)]
    return found.format_map(values) if values else found


def term(group: str, code: str, language: Language) -> str:
    """Return the text ``group.code``; a code that has none yet is shown as it is, in words."""
    found = TEXTS.get(f"{group}.{code}")
    return found[language] if found else code.replace("_", " ")


def terms(groups: Iterable[str], language: Language) -> dict[str, str]:
    """Return all texts whose keys begin with one of the groups, by key."""
    prefixes = tuple(f"{group}." for group in groups)
    return {key: found[language] for key, found in TEXTS.items() if key.startswith(prefixes)}


def plural_form(count: int, language: Language) -> int:
    """Return which form of a noun goes with a number: 0 one, 1 few (English: many), 2 many.

    Source: Unicode CLDR, plural rules for cardinals of pl and en, whole numbers.
    """
    if count == 1:
        return 0
    if language is Language.EN:
        return 1
    return 1 if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else 2
