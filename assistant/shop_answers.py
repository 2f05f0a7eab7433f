"""Answers from the shop's own settings: when its people are there, its name, how else to reach it.

Code reads the calendar, never a model. Articles lead: what they say of hours stands first, and a computed
fact follows only where it surely says the same. Who asks for a person is told of the help desk in any case,
and that an article has other hours, if one has.
"""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from assistant import hours_words
from assistant.article_answers import from_articles
from assistant.contact_asked import Way, asked_contact, gives_contact
from assistant.ending import Ending
from assistant.evidence import Evidence, from_fact
from assistant.hours_asked import Asked, Want, asked_days_only, asked_hours
from assistant.plain import simplify
from assistant.scene import Scene
from assistant.written_hours import Stance, stance_of
from foundation.clock import SHOP_ZONE
from foundation.contact import Contact
from foundation.language import Language
from handoff.hours import OpeningHours
from knowledge.passage import Passage


@dataclass(frozen=True, slots=True)
class ShopFacts:
    """What the settings say of the shop.

    Attributes:
        hours: Of the help desk. None are set: nothing is said of hours.
        name: As shoppers see it; empty if not set.
        address: Whom its mail comes from; empty if there is no mail.
        contact: How else people reach it.
    """

    hours: OpeningHours = field(default_factory=OpeningHours)
    name: str = ""
    address: str = ""
    contact: Contact = field(default_factory=Contact)


_NAME = re.compile(
    r"\bjak (?:sie )?(?:nazywa sie|nazywa|nazywacie) (?:sie )?(?:ten |wasz |panstwa )?(?:sklep|firma|sie|$)"
    r"|\b(?:nazwa|nazwe) (?:tego |waszego )?sklepu\b|\bjaki to sklep\b|\bco to za sklep\b"
    r"|\b(?:name of (?:the|this|your) (?:shop|store)|(?:shop|store)s? name|what(?:s| is) (?:this|your) (?:shop|store) called"
    r"|what (?:shop|store) is this)\b"
)
_UNANSWERED = re.compile(r"no-?_?reply|do-?not-?reply|nie-?odpowiadaj|bounce|mailer", re.IGNORECASE)
_PART = re.compile(r"[?!\n]+|(?<=\w\w)\.\s+")


class ShopAnswers:
    """What a shopper hears of the shop itself, in one turn."""

    def __init__(self, scene: Scene, facts: ShopFacts) -> None:
        self._scene, self._facts = scene, facts
        self._today = scene.brief.now.astimezone(SHOP_ZONE).date()

    async def answer(self) -> Ending | None:
        """Tell of the shop's hours if they are asked for; None for everything else, or if none are set."""
        scene, hours = self._scene, self._facts.hours
        if not hours.shifts:
            return None
        asked = self._asked()
        if asked is None:
            return None
        found = await scene.retrieve(scene.question)
        passages = [ranked.passage for ranked in found.passages]
        if asked.person or stance_of(passages, hours) is Stance.SILENT:
            return await self._tell(asked, passages)
        answered = await from_articles(scene)
        if answered is None:
            return await self._tell(asked, passages)
        used = scene.used_articles
        stance = stance_of([p for p in passages if p.article_id in used], hours)
        if stance in (Stance.SILENT, Stance.AGREES):
            await self._tell(asked, passages)
        return answered

    async def name(self) -> Ending | None:
        """Tell the shop's name, where articles did not."""
        scene, facts = self._scene, self._facts
        if not (facts.name and _NAME.search(simplify(scene.heard.text))):
            return None
        line = hours_words.name_line(facts.name, scene.language)
        told = await scene.tell([line], from_fact("shop:name", line, scene.language))
        return Ending() if told else None

    async def reach(self, answered: Ending | None) -> Ending | None:
        """Tell how else to reach the shop if that is asked and no article has said it; else `answered`."""
        scene, asked = self._scene, asked_contact(self._scene.heard.text)
        if not asked or any(gives_contact(sentence) for sentence in scene.voice.sentences):
            return answered
        fact = self._contact_fact(asked)
        if fact is None or not await scene.tell(self._opened(fact.text.splitlines()), fact):
            return answered
        ending = answered or Ending()
        return replace(ending, suggestions=ending.suggestions or scene.person())

    def _contact_fact(self, asked: frozenset[Way]) -> Evidence | None:
        """Return what is set of what is asked, else what else is set, else whom mail comes from."""
        facts, language = self._facts, self._scene.language
        contact = facts.contact
        by_way = {Way.EMAIL: contact.email_line(language), Way.PHONE: contact.phone_line(language)}
        lines = [line for way, line in by_way.items() if way in asked and line]
        if lines or contact:
            return from_fact("shop:contact", "\n".join(lines) or contact.line(language), language)
        if Way.EMAIL in asked and facts.address and not _UNANSWERED.search(facts.address):
            return from_fact("shop:address", hours_words.contact_line(facts.address, language), language)
        return None

    def _asked(self) -> Asked | None:
        """Return what is asked of hours by a message that asks nothing else."""
        scene = self._scene
        question = scene.heard.question
        parts = [part for part in _PART.split(question) if simplify(part)]
        if len(parts) > 1 and not all(self._about_hours(part) for part in parts):
            return None
        asked = asked_hours(question, self._today) or asked_hours(scene.heard.text, self._today)
        if asked is not None:
            return asked
        before = next((u.body for u in reversed(scene.brief.history) if u.by == "shopper"), "")
        earlier = asked_hours(before, self._today)
        if earlier is None:
            return None
        later = asked_days_only(scene.heard.text, self._today)
        return None if later is None else Asked(later.want, earlier.person, later.days)

    def _about_hours(self, part: str) -> bool:
        return (asked_hours(part, self._today) or asked_days_only(part, self._today)) is not None

    async def _tell(self, asked: Asked, passages: Sequence[Passage]) -> Ending | None:
        scene = self._scene
        fact_id, lines = told_hours(self._facts.hours, asked, scene.brief.now, scene.language)
        titles = self._elsewhere(asked, passages)
        if titles:
            lines.append(hours_words.other_hours_line(titles[0], scene.language))
        fact: Evidence = from_fact(fact_id, "\n".join(lines), scene.language)
        told = await scene.tell(self._opened(lines), fact)
        if told and asked.want is Want.NOW and not self._facts.hours.is_open(scene.brief.now):
            line = self._facts.contact.line(scene.language)
            await scene.tell([line] if line else [], from_fact("shop:contact", line, scene.language))
        return Ending(suggestions=scene.person()) if told else None

    def _opened(self, lines: list[str]) -> list[str]:
        """Return lines as a paragraph of their own where what stands before them is an article's."""
        return [f"\n{lines[0]}", *lines[1:]] if self._scene.voice.sentences else lines

    def _elsewhere(self, asked: Asked, passages: Sequence[Passage]) -> list[str]:
        """Return the titles of articles that may have other hours than these; nearest first."""
        others = {Stance.DIFFERS}
        if not asked.person and not self._scene.voice.sentences:
            others.add(Stance.PREMISES)  # a place to walk into may be meant
        by_article: dict[str, list[Passage]] = {}
        for passage in passages:
            by_article.setdefault(passage.article_id, []).append(passage)
        return [
            group[0].title for group in by_article.values() if stance_of(group, self._facts.hours) in others
        ]


def told_hours(hours: OpeningHours, asked: Asked, now: datetime, language: Language) -> tuple[str, list[str]]:
    """Return a fact's id and its sentences."""
    today: date = now.astimezone(SHOP_ZONE).date()
    if asked.want is Want.WEEK:
        return "hours:week", hours_words.week_lines(hours, language)
    if asked.want is Want.HOLIDAYS:
        return "hours:holidays", hours_words.holiday_lines(today, language)
    if asked.want is Want.DAYS:
        named = "+".join(day.isoformat() for day in asked.days)
        return f"hours:{named}", hours_words.day_lines(hours, asked.days, today, language)
    return f"hours:{now.astimezone(SHOP_ZONE):%Y-%m-%dT%H:%M}", hours_words.now_lines(hours, now, language)
