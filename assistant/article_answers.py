"""Answers from the shop's articles."""

from __future__ import annotations

from assistant import suggestions
from assistant.ending import Ending
from assistant.evidence import from_passages
from assistant.scene import Scene


async def from_articles(scene: Scene, question: str = "") -> Ending | None:
    """Answer from the articles (`question` instead of the whole); None when they do not answer."""
    question = question or scene.question
    retrieval = await scene.retrieve(question)
    if not retrieval.answerable:
        return None
    if not await scene.write(question, from_passages(retrieval.passages)):
        return None
    used = scene.used_articles
    related = suggestions.related(retrieval, used) if used else ()
    return Ending(confidence=retrieval.confidence, suggestions=related)


async def from_topic(scene: Scene) -> Ending | None:
    """Answer from the article whose title was tapped or typed; None if the message is none."""
    if len(scene.heard.text) > suggestions.TITLE_CHARS:
        return None
    retrieval = await scene.retrieve(scene.question)
    titled = suggestions.titled(retrieval, scene.heard.text)
    if not titled or not await scene.write(scene.heard.text, from_passages(titled)):
        return None
    used = {ranked.passage.article_id for ranked in titled}
    return Ending(suggestions=suggestions.related(retrieval, used))
