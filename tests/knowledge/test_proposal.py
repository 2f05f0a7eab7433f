from __future__ import annotations

from dataclasses import replace
from datetime import date

from foundation.language import Language
from knowledge.articles import Article
from knowledge.sources.proposal import MAX_LINES, Change, ChangeKind, propose

KEPT = Article("pl/a", Language.PL, "Dostawa", "Kurier kosztuje 19 zł.\n\nCzas: 2 dni.")
OTHER = Article("pl/b", Language.PL, "Zwrot", "Masz 14 dni.")
CURRENT = {"pl/a": KEPT, "pl/b": OTHER}


def test_only_what_a_reader_would_notice_is_a_change() -> None:
    assert propose(CURRENT, [replace(KEPT, source="elsewhere"), OTHER]) == []


def test_changes_are_new_changed_and_gone_by_id() -> None:
    changed, fresh = replace(KEPT, title="Koszt"), replace(OTHER, id="en/c")
    assert propose(CURRENT, [changed, fresh], gone=["pl/b", "pl/unknown"]) == [
        Change(ChangeKind.NEW, "en/c", None, fresh),
        Change(ChangeKind.CHANGED, "pl/a", KEPT, changed),
        Change(ChangeKind.GONE, "pl/b", OTHER, None),
    ]


def test_what_was_read_elsewhere_does_not_go() -> None:
    assert propose(CURRENT, [KEPT], gone=["pl/a"]) == []


def test_an_article_that_was_edited_here_is_marked() -> None:
    known = {"pl/a": "as it was read once", "pl/b": OTHER.content_hash}
    read = [replace(KEPT, body="Nowe."), replace(OTHER, body="Nowe.")]
    assert [change.edited for change in propose(CURRENT, read, known=known)] == [True, False]
    assert [change.edited for change in propose(CURRENT, [], ["pl/a", "pl/b"], known)] == [True, False]


def test_a_diff_shows_lines_that_differ_and_a_few_around() -> None:
    after = replace(KEPT, body="Kurier kosztuje 21 zł.\n\nCzas: 2 dni.", valid_until=date(2026, 12, 31))
    (change,) = propose(CURRENT, [after])
    assert change.title == "Dostawa"
    assert change.diff == (
        "@@ -1,6 +1,7 @@",
        " title: Dostawa",
        " language: pl",
        "+valid_until: 2026-12-31",
        " ",
        "-Kurier kosztuje 19 zł.",
        "+Kurier kosztuje 21 zł.",
        " ",
        " Czas: 2 dni.",
    )


def test_new_and_gone_articles_are_shown_whole() -> None:
    asked = replace(OTHER, id="pl/c", questions=("ile dni",), tags=("zwroty",))
    new, gone = propose({"pl/d": OTHER}, [asked], ["pl/d"])
    assert new.diff[1:] == (
        "+title: Zwrot",
        "+language: pl",
        "+questions: ile dni",
        "+tags: zwroty",
        "+",
        "+Masz 14 dni.",
    )
    assert gone.diff[1:] == ("-title: Zwrot", "-language: pl", "-", "-Masz 14 dni.")


def test_very_long_texts_are_not_compared_line_by_line() -> None:
    long = "\n".join(f"{number}" for number in range(MAX_LINES + 1))
    (change,) = propose(CURRENT, [replace(KEPT, body=long)])
    assert len(change.diff) == MAX_LINES + 1 + 3 + 3 + 3
    assert change.diff[0] == "-title: Dostawa"
    assert change.diff[-1] == f"+{MAX_LINES}"
