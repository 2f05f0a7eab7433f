"""What the pages of articles are made of: outlines, differences, forms, the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.knowledge_citations import Cited
from feedback.knowledge_diff import MAX_LINES, Mark, difference
from feedback.knowledge_finds import found_by
from feedback.knowledge_form import Typed, proposed_id, read_article, with_question
from feedback.knowledge_list import PAGE_ROWS, SORTS, Only, Row, Valid, Wanted, page_of, row_of
from feedback.knowledge_outline import DEEPEST, Kind, outline
from foundation.language import Language
from knowledge.articles import Article, PublishedArticle
from knowledge.split import split

NOW = datetime(2026, 11, 17, 11, 0, tzinfo=UTC)
ARTICLE = Article(
    "pl/zwroty",
    Language.PL,
    "Zwroty",
    "Na zwrot jest 14 dni.\n\n## Jak\n\n- Zapakuj.",
    tags=("a",),
    questions=("oddam",),
    valid_until=date(2026, 12, 31),
)


def test_an_outline_keeps_headings_lists_and_paragraphs() -> None:
    body = "Raz\ndwa\n\n# Góra\n### Głęboko\n- jeden\n  dalej\n  - w środku\n2. dwa\n\n## Obok\nKoniec"
    blocks = outline(body)
    assert [(block.kind, block.depth) for block in blocks] == [
        (Kind.PARAGRAPH, 0),
        (Kind.HEADING, 0),
        (Kind.HEADING, 1),
        (Kind.ITEMS, 0),
        (Kind.HEADING, 1),
        (Kind.PARAGRAPH, 0),
    ]
    assert blocks[0].lines == ["Raz", "dwa"]
    assert [(item.text, item.depth, item.number) for item in blocks[3].items] == [
        ("jeden\ndalej", 0, ""),
        ("w środku", 1, ""),
        ("dwa", 0, "2"),
    ]


@given(st.text(alphabet="#- ab1.\n", max_size=200))
def test_no_heading_is_more_than_one_level_below_the_one_before(body: str) -> None:
    depth = -1
    for block in outline(body):
        if block.kind is Kind.HEADING:
            assert block.depth <= min(depth + 1, DEEPEST)
            depth = block.depth


@given(st.text(max_size=200))
def test_an_outline_loses_no_word(body: str) -> None:
    said = " ".join(
        " ".join([*block.lines, *(f"{item.number} {item.text}" for item in block.items)])
        for block in outline(body)
    )
    for word in "".join(letter if letter.isalnum() else " " for letter in body).split():
        assert word in said


def test_a_difference_names_fields_and_lines() -> None:
    after = replace(
        ARTICLE, title="Zwrot", body=ARTICLE.body.replace("14", "30"), questions=("oddam", "zwrócę")
    )
    found = difference(ARTICLE, after)
    assert {change.name: (change.before, change.after) for change in found.fields} == {
        "title": ("Zwroty", "Zwrot"),
        "questions": ("oddam", "oddam\nzwrócę"),
    }
    assert [(line.mark, line.text) for line in found.lines] == [
        (Mark.REMOVED, "Na zwrot jest 14 dni."),
        (Mark.ADDED, "Na zwrot jest 30 dni."),
        (Mark.SAME, ""),
        (Mark.SAME, "## Jak"),
        (Mark.SKIPPED, ""),
    ]
    assert (found.added, found.removed, found.nothing) == (1, 1, False)
    assert difference(ARTICLE, ARTICLE).nothing


def test_a_text_too_long_to_compare_is_told_to_differ() -> None:
    long = replace(ARTICLE, body="x\n" * (MAX_LINES + 1))
    assert difference(ARTICLE, long).too_long
    assert difference(long, long).nothing


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_the_lines_of_a_difference_make_both_texts(old: list[str], new: list[str]) -> None:
    lines = difference(replace(ARTICLE, body="\n".join(old)), replace(ARTICLE, body="\n".join(new))).lines
    removed = [line.text for line in lines if line.mark is Mark.REMOVED]
    added = [line.text for line in lines if line.mark is Mark.ADDED]
    assert sorted(old + added) == sorted(new + removed)


def test_a_form_is_filled_and_read_back() -> None:
    typed = Typed.of(ARTICLE, 3)
    assert (typed.base, typed.valid_until, typed.questions) == (3, "2026-12-31", "oddam")
    assert read_article(typed, "").article == ARTICLE


def test_a_form_is_tidied() -> None:
    typed = Typed.sent(
        {
            "title": "  Zwrot \t towaru ",
            "language": "pl",
            "body": "\n\nRaz.  \nDwa.\n\n",
            "questions": " oddam \n\noddam\n jak  zwrócić ",
            "tags": "a, ,b ,a",
            "base": "x",
        }
    )
    article = read_article(typed, "tu").article
    assert article == Article(
        "pl/zwrot-towaru",
        Language.PL,
        "Zwrot towaru",
        "Raz.\nDwa.",
        tags=("a", "b"),
        questions=("oddam", "jak zwrócić"),
        source="tu",
    )


@pytest.mark.parametrize(
    ("title", "made"),
    [("Zażółć gęślą jaźń?", "pl/zazolc-gesla-jazn"), ("???", "pl/artykul"), ("x" * 200, "pl/" + "x" * 80)],
)
def test_an_id_is_made_of_the_title(title: str, made: str) -> None:
    assert proposed_id(Language.PL, title) == made


def test_a_question_is_added_to_the_phrasings() -> None:
    assert with_question(Typed(questions="a"), " b\n c ").questions == "a\nb c"
    assert with_question(Typed(), "").questions == ""


def test_phrasings_lead_to_passages() -> None:
    body = "Na zwrot jest 14 dni.\n\n## Paczkomat\n\nPaczka czeka 48 godzin.\n\n## Raty\n\nRaty przez PayPo."
    passages = split(replace(ARTICLE, body=body, questions=("raty", "xyz")), 1)
    found = found_by(passages, ["czy są raty", "ile czeka paczka", "czy mogę zapłacić ratami", "qqq"])
    assert found == {
        "pl/zwroty#2": ["ile czeka paczka"],
        "pl/zwroty#3": ["czy są raty", "czy mogę zapłacić ratami"],
    }
    assert found_by([], ["raty"]) == {}


def published(number: int, **changes: object) -> PublishedArticle:
    article = replace(ARTICLE, id=f"pl/{number:03}", title=f"Artykuł {number:03}", valid_until=None)
    return PublishedArticle(article, 1, NOW, 2, NOW - timedelta(days=number), 1, **changes)  # type: ignore[arg-type]


def rows(count: int) -> list[Row]:
    return [
        row_of(published(n), Cited(n, n, n % 3, n % 2), NOW.date(), NOW - timedelta(days=100))
        for n in range(count)
    ]


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_goes_both_ways_and_ends_with_what_has_no_value(sort: str) -> None:
    many = rows(20)
    up = [row.article.id for row in page_of(many, Wanted(sort=sort)).rows]
    down = [row.article.id for row in page_of(many, Wanted(sort=sort, descending=True)).rows]
    assert sorted(up) == sorted(down) == sorted(row.article.id for row in many)
    if sort == "csat":
        unrated = {row.article.id for row in many if row.cited.csat is None}
        assert unrated == set(up[-len(unrated) :]) == set(down[-len(unrated) :])
    if sort in ("title", "cited", "confirmed"):
        assert up == down[::-1]


def test_pages_part_the_list() -> None:
    many = rows(2 * PAGE_ROWS + 1)
    pages = [page_of(many, Wanted(number=number)) for number in (1, 2, 3, 4)]
    assert [len(page.rows) for page in pages] == [PAGE_ROWS, PAGE_ROWS, 1, 1]
    assert [page.number for page in pages] == [1, 2, 3, 3]
    assert {row.article.id for page in pages for row in page.rows} == {row.article.id for row in many}


def test_what_is_stale_never_cited_or_not_valid() -> None:
    many = rows(120)
    assert page_of(many, Wanted(only=Only.STALE)).total == 19
    assert [row.article.id for row in page_of(many, Wanted(only=Only.NEVER_CITED)).rows] == ["pl/000"]
    days = {
        Valid.NOW: {"valid_from": NOW.date(), "valid_until": NOW.date()},
        Valid.NOT_YET: {"valid_from": NOW.date() + timedelta(days=1)},
        Valid.EXPIRED: {"valid_until": NOW.date() - timedelta(days=1)},
    }
    for valid, given_days in days.items():
        one = published(0)
        one = replace(one, article=replace(one.article, **given_days))  # type: ignore[arg-type]
        row = row_of(one, Cited(), NOW.date(), NOW)
        assert row.valid is valid
        assert page_of([row], Wanted(only=Only.NOT_VALID)).total == (valid is not Valid.NOW)


def test_a_filter_is_written_as_it_is_read() -> None:
    query = {"q": "zwrot", "language": "pl", "only": "stale", "sort": "-cited"}
    assert Wanted.parse({**query, "page": "3"}).query() == query
    assert Wanted.parse({}).query() == {}
    assert Wanted.parse({"sort": "-cited"}).sort_by("cited") == "cited"
    assert Wanted.parse({}).sort_by("cited") == "-cited"
    assert Wanted.parse({}).sort_by("title") == "-title"
