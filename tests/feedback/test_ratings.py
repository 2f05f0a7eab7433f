"""The formulas, and what one answer leaves or is refused for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from conversation.events import SYSTEM, Audience, Author, AuthorKind, Event, Kind
from feedback.ratings import CHANGE_WITHIN, ces, csat, nps, rate, response_rate
from foundation.errors import InvalidInput, NotFound
from foundation.language import Language

NOW = datetime(2026, 11, 17, 11, 0, tzinfo=UTC)
SERVED = {"kind": "agent", "id": "a-1", "name": "Ewa"}


def event(seq: int, kind: Kind, content: Mapping[str, Any], ts: datetime = NOW) -> Event:
    author = SYSTEM if kind is Kind.RATING_REQUESTED else Author(AuthorKind.SHOPPER, "v")
    return Event("c", seq, Audience.SHOPPER, seq, kind, author, content, None, False, ts, "")


REQUEST = event(9, Kind.RATING_REQUESTED, {"served": SERVED, "resolution": 1})


def answered(ago: timedelta, score: int = 2, seq: int = 10) -> Event:
    return event(seq, Kind.RATING, {"request_seq": 9, "score": score, "comment": ""}, NOW - ago)


def test_csat_is_the_share_of_fours_and_fives() -> None:
    assert csat([5, 4, 3, 1]) == 0.5
    assert csat([4]) == 1.0
    assert csat([]) is None


def test_response_rate() -> None:
    assert response_rate(3, 4) == 0.75
    assert response_rate(0, 4) == 0.0
    assert response_rate(0, 0) is None


def test_nps_is_promoters_minus_detractors() -> None:
    assert nps([10, 9, 8, 7, 6, 0]) == 0.0
    assert nps([9, 10, 10, 6]) == 50.0
    assert nps([0]) == -100.0
    assert nps([]) is None


def test_ces_is_the_mean() -> None:
    assert ces([7, 5, 6]) == 6.0
    assert ces([]) is None


def test_an_answer_says_who_had_served() -> None:
    value = {"request_seq": 9, "score": 5, "comment": "  Super! \n"}
    rated = rate(value, [REQUEST], language=Language.PL, now=NOW)
    assert rated.score == 5
    assert rated.draft.kind is Kind.RATING
    assert rated.draft.author.kind is AuthorKind.SHOPPER
    assert rated.draft.content == {"request_seq": 9, "score": 5, "comment": "Super!", "served": SERVED}


def test_a_comment_may_be_left_out() -> None:
    rated = rate({"request_seq": 9, "score": 1}, [REQUEST], language=Language.EN, now=NOW)
    assert rated.draft.content["comment"] == ""


@pytest.mark.parametrize("score", [0, 6, -1, 4.0, 4.5, "5", True, None, [5], 10**30])
def test_a_score_that_is_none_is_refused(score: object) -> None:
    with pytest.raises(InvalidInput, match="od 1 do 5"):
        rate({"request_seq": 9, "score": score}, [REQUEST], language=Language.PL, now=NOW)


def test_no_score_is_refused_in_english_too() -> None:
    with pytest.raises(InvalidInput, match="from 1 to 5"):
        rate({"request_seq": 9}, [REQUEST], language=Language.EN, now=NOW)


def test_a_long_comment_is_refused_and_one_that_just_fits_is_not() -> None:
    fits = rate(
        {"request_seq": 9, "score": 3, "comment": " " + "ż" * 2000 + " "},
        [REQUEST],
        language=Language.PL,
        now=NOW,
    )
    assert len(fits.draft.content["comment"]) == 2000
    for comment in ("ż" * 2001, 7, None, ["a"]):
        with pytest.raises(InvalidInput, match="2000"):
            rate({"request_seq": 9, "score": 3, "comment": comment}, [REQUEST], language=Language.PL, now=NOW)


@pytest.mark.parametrize("seq", [8, 10, 0, -9, "9", 9.0, True, None])
def test_a_request_of_another_conversation_or_none_is_refused(seq: object) -> None:
    with pytest.raises(NotFound):
        rate(
            {"request_seq": seq, "score": 5}, [REQUEST, answered(timedelta(0))], language=Language.PL, now=NOW
        )


def test_an_answer_can_be_changed_for_a_day_from_the_first_one() -> None:
    value = {"request_seq": 9, "score": 5}
    earlier = [REQUEST, answered(CHANGE_WITHIN), answered(timedelta(minutes=1), seq=11)]
    assert rate(value, earlier, language=Language.PL, now=NOW).score == 5
    with pytest.raises(InvalidInput, match="24"):
        rate(value, earlier, language=Language.PL, now=NOW + timedelta(seconds=1))


def test_a_first_answer_may_come_late() -> None:
    late = NOW + timedelta(days=20)
    assert rate({"request_seq": 9, "score": 4}, [REQUEST], language=Language.PL, now=late).score == 4


def test_an_answer_to_another_request_does_not_count() -> None:
    other = event(12, Kind.RATING_REQUESTED, {"served": {"kind": "assistant", "id": "", "name": "Okienko"}})
    rated = rate(
        {"request_seq": 12, "score": 4},
        [REQUEST, answered(timedelta(days=9)), other],
        language=Language.PL,
        now=NOW,
    )
    assert rated.draft.content["served"]["kind"] == "assistant"
