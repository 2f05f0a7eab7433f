"""What a model wrote → sentences with their evidence. Pure; what is not understood is left out.

A line is one or more sentences, each followed by where it comes from: ``Masz 14 dni na zwrot. [E1,E3]``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.evidence import Evidence
from assistant.prompt import NO_ANSWER, Prompt, without_controls
from assistant.sentences import pieces, sentences
from assistant.writer import DraftSentence, Restored
from knowledge.analysis.words import fold, tokens
from knowledge.reading.instructions import addresses_ai, tells_how_to_answer

MAX_LINE_CHARS = 4_000
MAX_SENTENCE_CHARS = 700
MAX_SENTENCES = 16
MAX_LEFT_OUT = 20
"""So many lines that could not be used are kept for the transcript; all are left out."""

_NAME = r"E\d{1,3}"
_SOURCE = re.compile(rf"\s*[\[⟨【(]\s*{_NAME}(?:\s*(?:[,;+&]|i|oraz|and)\s*{_NAME})*\s*[\]⟩】)]")
_STOP = re.compile(r"\s*[.!?…]+")
_SPEAKER = re.compile(
    r"^(assistant|asystent|ai|answer|odpowied[zź]|okienko)\s*:\s*|"
    r"^(?P<other>user|human|customer|shopper|klient|system|developer|tool|staff|obs[lł]uga|agent)\s*:",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^(?:[-•*–]|\d{1,2}[.)])\s+")
_EMPHASIS = re.compile(r"\*\*|__|`+|(?<![\w*])([*_])(?=\S)(.{1,300}?)(?<=\S)\1(?!\w)")
_IMAGE = re.compile(r"!\s*\[")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\s*\(\s*<?([^()\s>]{1,1000})>?[^()]{0,200}\)")
_MARKUP = re.compile(r"<\s*[/!?a-zA-Z]|&(?:#\d+|#x[0-9a-f]+|[a-z]{2,20});|\]\(|<<<|>>>", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,20}://[^\s<>\"'„”]+|\b(?:javascript|data|vbscript|file|blob|mailto|tel|sms):[^\s]+"
    r"|[^\s@<>()\[\]\"'„”,;:]+@[^\s@<>()\[\]\"'„”,;:]+|\b(?!m\.in\b)(?:[\w-]+\.)+[a-z]{2,24}\b(?:/[^\s<>\"'„”]*)?",
    re.IGNORECASE,
)
_TAIL = ".,;:!?…)]}”\"'"
_NOT_SAID = re.compile(rf"^\W*{NO_ANSWER}\W*(?:{_SOURCE.pattern}\W*)?$", re.IGNORECASE)
_THOUGHT = re.compile(r"<(/?)think(?:ing)?>", re.IGNORECASE)


class LineReader:
    """Reads a model's answer as it comes.

    Args:
        prompt: What was asked, with the evidence behind its short ids.
        restore: Puts personal data back in.

    Attributes:
        left_out: Lines or sentences that could not be used, each with why.
        declined: Whether the model wrote that the evidence does not answer, and nothing before.
        full: Whether it wrote all that is read; what comes after is not looked at.
    """

    def __init__(self, prompt: Prompt, restore: Callable[[str], Restored]) -> None:
        self.left_out: list[tuple[str, str]] = []
        self.declined = False
        self.full = False
        self._prompt, self._restore = prompt, restore
        self._line = ""
        self._too_long = False
        self._thinking = False
        self._in_list = False
        self._count = 0

    def feed(self, text: str) -> Iterator[DraftSentence]:
        """Take what came; yield the sentences that are whole now."""
        first, *rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self._add(first)
        for part in rest:
            yield from self._end_line()
            self._add(part)

    def close(self, *, cut: bool = False) -> Iterator[DraftSentence]:
        """Yield what is whole of the last line; of a cut answer only what ends as a sentence does."""
        yield from self._end_line(cut=cut)

    def _add(self, part: str) -> None:
        if len(self._line) + len(part) > MAX_LINE_CHARS:
            self._too_long, part = True, ""
        self._line += part

    def _end_line(self, *, cut: bool = False) -> Iterator[DraftSentence]:
        line, too_long = self._line, self._too_long
        self._line, self._too_long = "", False
        if self.full or self.declined:
            return
        if too_long:
            self._leave_out(line, "too_long")
            return
        for sentence in self._read(self._outside_thoughts(line), cut=cut):
            self._count += 1
            yield sentence
            if self._count >= MAX_SENTENCES:
                self.full = True
                return

    def _outside_thoughts(self, line: str) -> str:
        """Return what of a line is not a model's thinking aloud."""
        said, end = "", 0
        for mark in _THOUGHT.finditer(line):
            said += "" if self._thinking else line[end : mark.start()]
            self._thinking, end = not mark[1], mark.end()
        return said if self._thinking else said + line[end:]

    def _read(self, line: str, *, cut: bool) -> Iterator[DraftSentence]:
        line = without_controls(line.replace("\t", " ")).strip()
        if not line or line.startswith("```") or not re.search(r"\w", line):
            return
        if _NOT_SAID.match(line):
            self.declined = self._count == 0
            return
        if self._prompt.mark in line:
            self._leave_out(line, "repeats_the_prompt")
            return
        line = re.sub(r"^(?:>\s*|#{1,6}\s+)+", "", line)
        item = _ITEM.match(line)
        if item:
            line = line[item.end() :]
        line = _EMPHASIS.sub(lambda marked: marked[2] or "", line)
        speaker = _SPEAKER.match(line)
        if speaker and speaker["other"]:
            self._leave_out(line, "another_speaker")
            return
        line = line[speaker.end() :] if speaker else line
        opens = "\n- " if item else "\n" if self._in_list else ""
        for text, names in self._parts(line, cut=cut):
            for sentence in self._checked(text, names):
                yield DraftSentence(opens + sentence.text, sentence.evidence, sentence.quotes)
                opens, self._in_list = "", item is not None

    def _parts(self, line: str, *, cut: bool) -> Iterator[tuple[str, Sequence[str]]]:
        """Yield each text with the short ids that stand in it or after it."""
        text, names, end = "", list[str](), 0
        for source in _SOURCE.finditer(line):
            text += line[end : source.start()]
            names += re.findall(_NAME, source[0])
            stop = _STOP.match(line, source.end())
            end = stop.end() if stop else source.end()
            if stop and not _ends(text):
                text += stop[0].strip()
            follows = line[end:].lstrip()
            if _SOURCE.match(line, end):
                continue
            if _ends(text) or (not follows and not cut) or (follows and follows[0].isupper()):
                yield text, names
                text, names = "", []
        # What goes on after its source, or has none, was not said to its end: "free [E1], unless …"
        if re.search(r"\w", rest := text + line[end:]):
            self._leave_out(rest, "no_source")

    def _checked(self, text: str, names: Sequence[str]) -> Iterator[DraftSentence]:
        known = [self._prompt.sources[name] for name in dict.fromkeys(names) if name in self._prompt.sources]
        if len(known) < len(set(names)):
            self._leave_out(text, "unknown_evidence")
            return
        restored = self._restore(text.strip())
        if restored.invented:
            self._leave_out(text, "invented_placeholder")
            return
        allowed = frozenset[str]().union(*(addresses(source.text) for source in known))
        for sentence in sentences(" ".join(restored.text.split())):
            plain = _LINK.sub(lambda link: _unlinked(link, allowed), sentence)
            if reason := "image" if _IMAGE.search(sentence) else _unfit(plain, allowed):
                self._leave_out(sentence, reason)
                continue
            if addresses_ai(plain) or tells_how_to_answer(plain):
                # It repeats what somebody has told it, or would like whoever answers to be told.
                self._leave_out(sentence, "instruction")
                continue
            quotes = tuple((s.id, quote) for s in known if (quote := nearest(plain, s)))
            yield DraftSentence(plain, tuple(source.id for source in known), quotes)

    def _leave_out(self, text: str, reason: str) -> None:
        if len(self.left_out) < MAX_LEFT_OUT:
            self.left_out.append((text[:MAX_SENTENCE_CHARS], reason))


def addresses(text: str) -> frozenset[str]:
    """Return every link, domain and e-mail address of a text, in lower case, without punctuation after it."""
    return frozenset(found[0].rstrip(_TAIL).lower() for found in _ADDRESS.finditer(text))


def nearest(sentence: str, source: Evidence) -> str:
    """Return the sentence of a passage that has most words in common with `sentence`; empty if few are."""
    if source.passage is None:
        return ""
    said = _stems(sentence)
    best, share = "", 0.0
    for piece in pieces(source.text):
        common = len(said & _stems(piece.text)) / max(1, len(said))
        if common > share:
            best, share = piece.text, common
    return best if share >= _ENOUGH else ""


_ENOUGH = 0.3


def _stems(text: str) -> set[str]:
    return {fold(word)[:5] for word in tokens(text) if len(word) > 2 or word.isdigit()}


def _ends(text: str) -> bool:
    return text.rstrip(" )]”\"'")[-1:] in tuple(".!?…:")


def _unlinked(link: re.Match[str], allowed: frozenset[str]) -> str:
    """Return a Markdown link as plain text if it leads where the evidence does, else as it is."""
    shown, target = link[1].strip(), link[2]
    if target.rstrip(_TAIL).lower() not in allowed:
        return link[0]
    return target if shown == target else f"{shown} ({target})"


def _unfit(text: str, allowed: frozenset[str]) -> str:
    """Return why a sentence cannot be shown; empty if it can."""
    if len(text) > MAX_SENTENCE_CHARS:
        return "too_long"
    if _MARKUP.search(text):
        return "markup"
    if not any(c.isalpha() for c in text):
        return "no_words"
    return "" if addresses(text) <= allowed else "foreign_link"
