"""The answers to "how was it?": their formulas, and what one answer leaves in the log. Pure.

Rates are shares from 0 to 1, and None where nothing can be said yet: no answer is not a score of zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from conversation.events import Author, AuthorKind, Draft, Event, Kind
from foundation.errors import InvalidInput, NotFound
from foundation.language import Language
from foundation.style import Style, Wording

LOWEST, HIGHEST = 1, 5
SATISFIED = 4
LOW = 2
"""A rating up to here says that the help did not help."""
COMMENT_CHARS = 2000
CHANGE_WITHIN = timedelta(hours=24)

_TEXTS = {
    "score": {
        Language.PL: "Wybierz ocenę od 1 do 5.",
        Language.EN: "Choose a score from 1 to 5.",
    },
    "comment": {
        Language.PL: "Komentarz jest za długi. Zmieści się do 2000 znaków.",
        Language.EN: "The comment is too long. Up to 2000 characters fit.",
    },
    "unasked": {
        Language.PL: "Nie ma tu pytania o ocenę, na które można odpowiedzieć. Odśwież stronę.",
        Language.EN: "There is no question here that this score would answer. Reload the page.",
    },
    "late": {
        Language.PL: "Ocenę można zmienić w ciągu 24 godzin. Ta została już zapisana na stałe, dziękujemy.",
        Language.EN: "A score can be changed for 24 hours. This one is settled by now, thank you.",
    },
}
_FORMAL = {
    _TEXTS["score"][Language.PL]: "Proszę wybrać ocenę od 1 do 5.",
    _TEXTS["unasked"][Language.PL]: (
        "Nie ma tu pytania o ocenę, na które można odpowiedzieć. Proszę odświeżyć stronę."
    ),
}
"""What stands for a Polish text where nobody is addressed by "ty"."""


def csat(scores: Sequence[int]) -> float | None:
    """Return the share of 4s and 5s among answers on a scale of 1 to 5; None without answers.

    Source: the "top two boxes" of a five-point scale, as help desks report customer satisfaction
    (Zendesk, Chatwoot).
    """
    return sum(score >= SATISFIED for score in scores) / len(scores) if scores else None


def response_rate(answers: int, asked: int) -> float | None:
    """Return answers ÷ asked; None when nobody was asked.

    Source: AAPOR, Standard Definitions: complete answers over everyone who was asked (RR1).
    """
    return answers / asked if asked else None


def nps(scores: Sequence[int]) -> float | None:
    """Return the net promoter score of answers from 0 to 10: −100 to 100; None without answers.

    Percentage of 9s and 10s minus percentage of 0s to 6s.
    Source: F. F. Reichheld, "The One Number You Need to Grow", Harvard Business Review, December 2003.
    """
    if not scores:
        return None
    return 100 * (sum(score >= 9 for score in scores) - sum(score <= 6 for score in scores)) / len(scores)


def ces(scores: Sequence[int]) -> float | None:
    """Return the customer effort score: the mean of answers from 1 (hard) to 7 (easy); None without answers.

    Source: M. Dixon, K. Freeman, N. Toman, "Stop Trying to Delight Your Customers", Harvard Business Review,
    July 2010; on the seven-point scale of its second version (CEB, 2013).
    """
    return sum(scores) / len(scores) if scores else None


@dataclass(frozen=True, slots=True)
class Rated:
    """What an answer leaves: the event for the log, and the conversation's newest score."""

    draft: Draft
    score: int


def rate(
    value: Mapping[str, Any],
    events: Sequence[Event],
    *,
    language: Language,
    now: datetime,
    style: Style = Style.INFORMAL,
) -> Rated:
    """Turn the fields of a `rate` frame into the event that it leaves.

    Args:
        value: ``request_seq`` of the `rating_requested` that is answered, ``score`` 1 to 5, and perhaps a
            ``comment`` of at most `COMMENT_CHARS`. From a client: anything may be in it.
        events: This conversation's `rating_requested` and `rating` events, oldest first; others do no harm.
        language: The shopper's, for what is refused.
        now: The moment, aware.
        style: How the shopper is addressed.

    Returns:
        The draft (its author the shopper, who was served copied from the request) and the score.
        A later answer to the same request stands in the place of the earlier one.

    Raises:
        InvalidInput: The score or comment is out of range, or the answer is older than `CHANGE_WITHIN`.
        NotFound: This conversation has no such request.
    """
    said = Wording(style, _FORMAL)
    score, comment = value.get("score"), value.get("comment", "")
    # A bool is an int to Python, and 5.0 equals 5: neither is a score that a face was tapped for.
    if type(score) is not int or not LOWEST <= score <= HIGHEST:
        raise InvalidInput(said(_TEXTS["score"][language]))
    if not isinstance(comment, str) or len(comment := comment.strip()) > COMMENT_CHARS:
        raise InvalidInput(_TEXTS["comment"][language])
    request = _request(value.get("request_seq"), events)
    if request is None:
        raise NotFound(said(_TEXTS["unasked"][language]))
    first = next((e for e in events if _answers(e, request)), None)
    if first is not None and now - first.ts > CHANGE_WITHIN:
        raise InvalidInput(_TEXTS["late"][language])
    content = {
        "request_seq": request.seq,
        "score": score,
        "comment": comment,
        "served": dict(request.content.get("served", {})),
    }
    return Rated(Draft(Kind.RATING, Author(AuthorKind.SHOPPER), content), score)


def _request(seq: object, events: Sequence[Event]) -> Event | None:
    if type(seq) is not int:
        return None
    return next((e for e in events if e.kind is Kind.RATING_REQUESTED and e.seq == seq), None)


def _answers(event: Event, request: Event) -> bool:
    return event.kind is Kind.RATING and event.content.get("request_seq") == request.seq
