"""What no person would see, or what only a machine should obey, out of a draft. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.reading.draft import Draft, Parsed, Said
from knowledge.reading.instructions import suspects, without_instructions

# Worth a word: they turn or hide text. Tags and variation selectors (plane 14) can carry a hidden sentence.
_TRICKS = re.compile(
    "[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
# Not worth one: soft hyphens, joiners, byte order marks and control characters come with honest texts.
_DUST = re.compile("[\u00ad\u200c\u200d\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MAX_EXCERPT_CHARS = 80
_MOST_DOUBTS = 5


def clean(parsed: Parsed) -> Parsed:
    """Return what was read without invisible characters and without passages that address an AI.

    A draft of which nothing is left becomes a problem; whatever was left out becomes a note.
    """
    drafts: list[Draft] = []
    problems = list(parsed.problems)
    notes = list(parsed.notes)
    invisible = 0
    for draft in parsed.drafts:
        seen, count = _visible(draft)
        invisible += count
        kept, struck = _uninstructed(seen)
        remarks = [Said("instruction", {"excerpt": _excerpt(text)}, draft.row) for text in struck]
        if kept.body.strip():
            drafts.append(kept)
            notes.extend(remarks)
            notes.extend(_doubts(kept))
        elif struck:
            problems.append(Said("only_instructions", {"excerpt": _excerpt(struck[0])}, draft.row))
        else:
            problems.append(Said("no_text", row=draft.row))
    if invisible:
        notes.append(Said("invisible", {"count": invisible}))
    return Parsed(tuple(drafts), tuple(problems), tuple(notes))


def visible(text: str) -> tuple[str, int]:
    """Return `text` without invisible characters, and how many of them were worth a word."""
    bare, count = _TRICKS.subn("", text)
    return _DUST.sub("", bare), count


def _visible(draft: Draft) -> tuple[Draft, int]:
    body, count = visible(draft.body)
    fields = {}
    for key, value in draft.fields.items():
        if isinstance(value, str):
            value, more = visible(value)
            count += more
        elif isinstance(value, list | tuple):
            value = [visible(item)[0] if isinstance(item, str) else item for item in value]
        fields[key] = value
    return replace(draft, body=body, fields=fields), count


def _uninstructed(draft: Draft) -> tuple[Draft, list[str]]:
    """Return the draft without what addresses an AI, and what that was."""
    body, struck = without_instructions(draft.body)
    fields = dict(draft.fields)
    for key in ("title", "questions", "tags"):
        value = fields.get(key)
        if isinstance(value, str):
            kept, more = without_instructions(value)
            fields[key] = value if not more else kept or None
            struck = [*struck, *more]
        elif isinstance(value, list):
            pairs = [(item, without_instructions(item)[1] if isinstance(item, str) else []) for item in value]
            fields[key] = [item for item, more in pairs if not more]
            struck = [*struck, *(text for _, more in pairs for text in more)]
    return replace(draft, body=body, fields=fields), struck


def _doubts(draft: Draft) -> list[Said]:
    """Return what a person should look at: sentences that tell how to answer, as notes."""
    found = suspects("\n\n".join((str(draft.fields.get("title") or ""), draft.body)))
    notes = [
        Said("tells_how_to_answer", {"excerpt": _excerpt(one)}, draft.row) for one in found[:_MOST_DOUBTS]
    ]
    if len(found) > _MOST_DOUBTS:
        more = {"count": len(found) - _MOST_DOUBTS}
        notes.append(Said("more_tell_how_to_answer", more, draft.row))
    return notes


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MAX_EXCERPT_CHARS else f"{line[: _MAX_EXCERPT_CHARS - 1].rstrip()}…"
