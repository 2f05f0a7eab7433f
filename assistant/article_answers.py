"""Answers from the shop's articles."""

from __future__ import annotations

from assistant import said, suggestions
from assistant.brief import Outcome
from assistant.ending import Ending
from assistant.evidence import from_passages
from assistant.follow_up import in_context
from assistant.phrases import Phrase
from assistant.scene import Scene
from assistant.understanding import question_of
from knowledge.passage import Zone


async def from_articles(scene: Scene, question: str = "") -> Ending | None:
    """Answer from the articles (`question` instead of the whole); None when they do not answer."""
    question = question or scene.question
    retrieval = await scene.retrieve(question)
    if retrieval.zone is Zone.UNKNOWN:
        return None
    evidence = from_passages(retrieval.passages)
    if not await scene.write(
        question, evidence, sure=retrieval.confidence, tentative=not retrieval.answerable
    ):
        return None
    used = scene.used_articles
    related = suggestions.related(retrieval, used) if used else ()
    return Ending(confidence=retrieval.confidence, suggestions=related)


async def from_offer(scene: Scene) -> Ending | None:
    """Answer the choice of a topic that the last reply offered; None if the message makes none."""
    history, text = scene.brief.history, scene.heard.text
    if not said.offered_topics(history):
        return None
    if suggestions.none_of_them(text):
        await scene.say(Phrase.OFFER_PERSON)
        return Ending(Outcome.ABSTAINED, confidence=0.0, suggestions=scene.person())
    place, asked = suggestions.chosen(text), said.asked_before(history)
    if place is None or not asked:
        return None
    before = history[: said.began(history)]
    topics = suggestions.near_topics(await scene.retrieve(in_context(question_of(asked), before)))
    return await from_topic(scene, topics[place].label) if place < len(topics) else None


async def from_topic(scene: Scene, title: str = "") -> Ending | None:
    """Answer from the article whose title was tapped or typed (or is given); None if the message is none."""
    if len(scene.heard.text) > suggestions.TITLE_CHARS:
        return None
    text = title or scene.heard.text
    retrieval = await scene.retrieve(title or scene.question)
    titled = suggestions.titled(retrieval, text)
    if not titled or not await scene.write(text, from_passages(titled)):
        return None
    used = {ranked.passage.article_id for ranked in titled}
    return Ending(suggestions=suggestions.related(retrieval, used))
