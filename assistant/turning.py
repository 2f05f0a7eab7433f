"""What a part of an answer says otherwise than its evidence, though in the same words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from assistant.asked import Asked
from assistant.claim_support import supports
from assistant.clauses import Said, Word
from assistant.evidence_units import Part, Unit, has_kin
from assistant.families import key_of, same
from assistant.marks import Mark
from foundation.language import Language


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


PROMISES = _words(
    """
    gwarant obiec rabat zniz gratis prezent rekompensat odszkodow przyzna bonus kupon voucher vouch bon
    darow zadoscuczyn guarant promis discount compens coupon bonus reward rebat apolog
"""
)
"""Beginnings of words that promise: a heading cannot support them."""

RIGHTS = {
    Language.PL: ("reklamac", "reklamow", "gwaranc", "odstap", "odstep"),
    Language.EN: ("complain", "guarant", "warrant", "withdr"),
}
"""Beginnings of the words for three rights that are no one right."""


def differing(part: Part, run: Part, unit: Unit, lent: Asked) -> str:
    """Return what a run with all the words and claims says otherwise."""
    for made in part.said:
        if not _bounds_agree(made, run.said):
            return f"turned_bound: {made.claim.said}"
    law = RIGHTS[unit.language]
    rights = [w for w in run.words if w.form.startswith(law)]
    mine = [w.key for w in part.words if w.form.startswith(law)]
    for word in rights if mine else ():
        if not has_kin(word.key, mine, unit.language):
            return f"other_subject: {word.form}"
    denied = [turn.head for turn in run.turns if turn.mark is Mark.NOT]
    for word in run.words:
        # What is true of a thing with its embroidery is no answer about one without.
        asked_without = not word.light and has_kin(word.key, lent.without, unit.language)
        if asked_without and not has_kin(word.key, denied, unit.language):
            return f"other_subject: {word.form}"
    if _others_act(part, run, unit):
        return "turned_who"
    extra = _unsaid(part, run, lent)
    return f"other_subject: {extra}" if extra else _turned(part, run, unit.language, lent.granted, unit.read)


_ACTORS = {
    Language.PL: _words(
        "przewozni kurier producent wytworc bank obdarow odbiorc nadawc adresat sasiad osob pracowni obslug "
        "zespol asystent rzeczni inspekc sad policj urzad dostawc serwis czlowiek konsultant program poczt "
        "listonosz firm hurtown importer ksiegow"
    ),
    Language.EN: _words(
        "carrier courier producer manufacturer maker bank recipient sender addressee neighbour person people "
        "staff team assistant ombudsman inspection court police office supplier service human agent program "
        "post company importer warehouse giver receiver"
    ),
}
"""Beginnings of the words for those who act beside shop and customer."""


def is_actor(word: Word, language: Language, quoted: Sequence[str] | None = None) -> bool:
    """Return whether a word is one for somebody who acts; names may be, but for those of `quoted` things."""
    named = quoted is not None and word.name and word.form not in quoted
    return not word.light and (named or word.form.startswith(_ACTORS[language]))


def _others_act(part: Part, run: Part, unit: Unit) -> bool:
    """Return whether somebody is put in the place of somebody else, who is left out."""
    language = unit.language
    mine, theirs = [w.key for w in part.words], [w.key for w in run.words]
    quoted = " ".join(part.names + unit.names).split()
    new = any(is_actor(w, language, quoted) and not has_kin(w.key, theirs, language) for w in part.words)
    left_out = any(is_actor(w, language, quoted) and not has_kin(w.key, mine, language) for w in run.words)
    if left_out and (new or part.mentions - unit.mentions):
        return True
    subject = _subject(part, language)
    if subject and subject != _subject(run, language):
        # "Poproś kuriera o protokół" is not "kurier prosi o protokół".
        asked = run.asks and not part.asks and Mark.CUSTOMER not in part.agents
        if asked or run.agents - part.agents:
            return True
    mine_act, theirs_act = _acts(part, language), _acts(run, language)
    for verb, who in mine_act:
        others = {by for other, by in theirs_act if same(verb, other, language)}
        if others and not any(by == who or same(by, who, language) for by in others):
            return True
    return new and bool(run.agents - part.mentions)


def _acts(part: Part, language: Language) -> list[tuple[str, str]]:
    """Return what is done by whom, both by what they are compared by: shop, customer, or an actor's word."""
    found = [(verb, str(who)) for verb, who in part.acts]
    found += [
        (after.key, word.key)
        for word, after in pairwise(part.words)
        if is_actor(word, language) and not after.light and not after.name
    ]
    return found


def _subject(part: Part, language: Language) -> str:
    """Return the key of the actor that a part begins with; empty if it begins with something else."""
    first = next((word for word in part.words if not word.light), None)
    return first.key if first is not None and is_actor(first, language) else ""


def _bounds_agree(made: Said, known: Iterable[Said]) -> bool:
    """Return whether a least is no most, and nothing is made a least or most that is said as it is."""
    for other in known:
        if not supports(other.claim, made.claim):
            continue
        if made.bound == other.bound:
            return True
        # "You have 14 days" and "within 14 days" are one.
        if made.claim.kind == "duration" and {made.bound, other.bound} == {0, -1}:
            return True
        if made.claim.kind in ("date", "weekday", "time", "number", "code", "percent") and 0 in (
            made.bound,
            other.bound,
        ):
            return True
    return made.claim.kind == "amount" and made.claim.value.startswith("0 ")


MEASURED = frozenset({"amount", "percent", "duration", "date", "time", "weekday", "number", "size"})


def _unsaid(part: Part, run: Part, lent: Asked) -> str:
    """Return a claim of the run, of a kind that the part claims, which the part does not make.

    Of the days that a sentence lists, an answer may name the one that was asked about.
    """
    kinds = {made.claim.kind for made in part.said} & MEASURED
    if any(made.claim.kind == "weekday" and made.claim in lent.said for made in part.said):
        kinds -= {"weekday"}
    for known in run.said:
        if known.claim.kind in kinds and not any(supports(known.claim, m.claim) for m in part.said):
            return known.claim.said
    return ""


_NEEDED = (
    Mark.ALWAYS, Mark.EVERY, Mark.EARLIEST, Mark.NEVER, Mark.ONLY, Mark.USUALLY, Mark.FREE, Mark.AT_ONCE,
    Mark.NOT_ONLY, Mark.EXCEPT, Mark.UNLESS, Mark.LEAST, Mark.MOST,
)  # fmt: skip
"""Marks that an answer may have only where its evidence has them."""
_KEPT = (Mark.USUALLY, Mark.EXCEPT, Mark.UNLESS, Mark.NEVER, Mark.FREE, Mark.EARLIEST, Mark.NOT_ONLY)
"""Marks of the evidence that an answer must keep."""


def _turned(part: Part, run: Part, language: Language, granted: frozenset[Mark], text: str) -> str:
    """Return which mark differs so that the sentence means something else."""
    made, known = part.marks, run.marks
    free = Mark.FREE in known or _nothing(run)
    for mark in _NEEDED:
        if mark is Mark.UNLESS and _until_done(part, text):
            continue
        if mark in made and mark not in known and not (mark is Mark.FREE and free):
            return f"turned_{mark}"
    for mark in _KEPT:
        if mark in known and mark not in made and not (mark is Mark.FREE and _nothing(part)):
            return f"turned_{mark}"
    if _count(part, Mark.FREE) < _count(run, Mark.FREE) and not _nothing(part):
        return "turned_free"
    if (
        Mark.MUST in made
        and Mark.MUST not in known
        and not (Mark.NOT in made and Mark.NOT in known and not known & {Mark.CAN, Mark.MAY})
        and not (run.asks and not (made | known) & {Mark.NOT, Mark.CAN, Mark.MAY})
    ):
        return "turned_must"
    if Mark.MUST in known and Mark.MUST not in made and (Mark.CAN in made or Mark.MAY in made):
        return "turned_must"
    if Mark.MAY in made and not known & {Mark.MAY, Mark.CAN}:
        return "turned_may"
    if Mark.MAY in known and not (made | granted) & {Mark.MAY, Mark.CAN}:
        return "turned_may"
    for mark in (Mark.NOT, Mark.BEFORE, Mark.AFTER):
        mine = [turn.head for turn in part.turns if turn.mark is mark]
        theirs = [turn.head for turn in run.turns if turn.mark is mark]
        if mark is Mark.NOT and not _as_often(mine, theirs, part, language):
            return "turned_not"
        if mark is Mark.AFTER:
            theirs += [turn.head for turn in run.turns if turn.mark is Mark.IF]
        if mark is Mark.NOT and _crossed(mine, theirs, part, run, language):
            return "turned_not"
        if mark is not Mark.NOT and any(not has_kin(head, theirs, language) for head in mine):
            return f"turned_{mark}"
    if Mark.SHOP in part.agents - run.agents and any(word.form.startswith(PROMISES) for word in part.words):
        return "foreign_promise"
    if part.nouns - run.nouns and run.nouns - part.nouns:
        return "turned_who"
    if part.agents and run.agents and not part.agents & run.agents:
        return "turned_who"
    for key, who in part.acts:
        others = {by for other, by in run.acts if same(key, other, language)}
        if others and who not in others:
            return "turned_who"
    return ""


_UNTIL_DONE = re.compile(r"\bdo (\w+(?:ania|enia|ecia|icia))\b")


def _until_done(part: Part, text: str) -> bool:
    """Return whether "until you withdraw it" stands there as "do wycofania"."""
    done = [key_of(found[1], Language.PL) for found in _UNTIL_DONE.finditer(text)]
    return any(has_kin(word.key, done, Language.PL) for word in part.words)


def _count(part: Part, mark: Mark) -> int:
    return sum(turn.mark is mark for turn in part.turns)


def _as_often(mine: Sequence[str], theirs: Sequence[str], part: Part, language: Language) -> bool:
    """Return whether as much is denied; of several things that are denied together one may be left out."""
    if len(mine) == len(theirs):
        return True
    said = [word.key for word in part.words]
    kept = [head for head in theirs if has_kin(head, said, language)]
    return 0 < len(mine) == len(kept) and all(has_kin(head, kept, language) for head in mine)


def _crossed(mine: Sequence[str], theirs: Sequence[str], part: Part, run: Part, language: Language) -> bool:
    """Return whether what one side denies the other affirms."""
    said, known = [w.key for w in part.words], [w.key for w in run.words]
    return any(
        not has_kin(head, theirs, language) and has_kin(head, known, language) for head in mine
    ) and any(not has_kin(head, mine, language) and has_kin(head, said, language) for head in theirs)


def _nothing(part: Part) -> bool:
    return any(s.claim.kind == "amount" and s.claim.value.startswith("0 ") for s in part.said)


def dropped(whole: Part, unit: Unit, places: frozenset[int], lent: Asked) -> str:
    """Return a condition of a run of clauses, or beside it, that neither answer nor question names."""
    keys = {word.key for word in whole.words} | unit.context | lent.keys
    values = {said.claim.value for said in whole.said} | {claim.value for claim in lent.said}
    for index in range(max(0, min(places) - 1), min(len(unit.parts), max(places) + 2)):
        heads = unit.parts[index].condition
        if not heads or not (index in places or unit.parts[index].subordinate):
            continue
        met = sum(head in values or has_kin(head, keys, unit.language) for head in heads)
        if met * 2 < len(heads):
            return f"dropped_condition: {heads[0]}"
    for index in places:
        for word in unit.parts[index].words:
            narrows = word.form.startswith(_NARROWING[unit.language])
            if narrows and not has_kin(word.key, keys, unit.language):
                return f"dropped_condition: {word.form}"
    return ""


_NARROWING = {
    Language.PL: _words(
        "nieuzywan nienoszon niezniszcz nieuszkodz zapieczetow nieotwart oryginaln pelnoletn wyprzedan"
    ),
    Language.EN: _words("unused unworn undamaged unopened sealed original adult"),
}
"""Beginnings of words that narrow what a rule is about: without them it would hold for more."""
