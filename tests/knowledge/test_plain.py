from __future__ import annotations

import pytest

from knowledge.reading.plain import html_to_text, markdown_to_text

HIDDEN = {
    "an attribute": "<span hidden>secret</span>",
    "display": "<div style='color:red; display : none'>secret</div>",
    "visibility": "<p style='visibility:hidden'>secret</p>",
    "no size": "<span style='font-size:0px'>secret</span>",
    "no size without a unit": "<span style='font-size: 0; color: red'>secret</span>",
    "see-through": "<span style='opacity:0.0'>secret</span>",
    "white on white": "<span style='color:#FFF;background-color:white'>secret</span>",
    "white on the page": "<div><span style='color: rgb(255, 255, 255)'>secret</span></div>",
    "white by font": "<font color='#ffffff'>secret</font>",
    "black on black": "<div style='background: black'><i style='color:black'>secret</i></div>",
}
SEEN = {
    "white on a colour": "<div style='background:#123456'><span style='color:white'>seen</span></div>",
    "white where a style sheet may colour": "<div class='banner'><span style='color:#fff'>seen</span></div>",
    "a small size": "<span style='font-size:0.8em'>seen</span>",
    "half see-through": "<span style='opacity:.5'>seen</span>",
    "a folded answer": "<details><summary>When?</summary>seen</details>",
    "a folded answer of a style sheet": "<style>.answer{display:none}</style><p class='answer'>seen</p>",
    "a background of the same name": "<span style='background-color:white;color:black'>seen</span>",
}


@pytest.mark.parametrize("how", HIDDEN)
def test_text_that_is_hidden_is_left_out_and_counted(how: str) -> None:
    plain = html_to_text(f"<h1>Title</h1><p>Text.</p>{HIDDEN[how]}")
    assert (plain.title, plain.body, plain.hidden) == ("Title", "Text.", 1)


@pytest.mark.parametrize("how", SEEN)
def test_text_that_is_seen_stays(how: str) -> None:
    plain = html_to_text(f"<h1>Title</h1>{SEEN[how]}")
    assert plain.body.endswith("seen")
    assert plain.hidden == 0


def test_hidden_without_text_is_not_worth_a_word() -> None:
    assert html_to_text("<p>Text.</p><div hidden><img src=x></div>").hidden == 0


def test_scripts_are_counted_wherever_they_stand() -> None:
    page = "<head><script>a()</script></head><body><p>Text.</p><script>b()</script></body>"
    assert (html_to_text(page).body, html_to_text(page).scripts) == ("Text.", 2)
    assert markdown_to_text("Text. <script>b()</script>").scripts == 1


def test_title_and_language_of_a_page() -> None:
    plain = html_to_text("<html lang='pl'><title>Zwroty | Sklep</title><body><p>14 dni.</p>")
    assert (plain.title, plain.language, plain.body) == ("Zwroty | Sklep", "pl", "14 dni.")


def test_lists_and_tables_stand_alone_by_the_line() -> None:
    plain = markdown_to_text("# T\n\n- a\n  1. b\n  2. c\n\n| Way | Price |\n|---|---|\n| Courier | 19 |")
    assert plain.body == "- a\n  1. b\n  2. c\n\n- Courier; Price: 19"


@pytest.mark.parametrize(
    "style",
    ["position:absolute; left:-9999px", "text-indent: -999px", "clip: rect(0 0 0 0)", "clip-path:inset(50%)",
     "transform: scale(0)", "color: transparent", "font-size: 1px", "opacity: 0.01", "color: #fefefe"],
)  # fmt: skip
def test_text_moved_or_shrunk_out_of_sight_is_left_out(style: str) -> None:
    plain = html_to_text(f'<p>Seen.</p><p style="{style}">Secret.</p>')
    assert (plain.body, plain.hidden) == ("Seen.", 1)


@pytest.mark.parametrize(
    "style", ["left: -20px", "font-size: 12px", "opacity: 0.5", "clip-path: circle(50%)"]
)
def test_text_moved_a_little_stays(style: str) -> None:
    assert html_to_text(f'<p style="{style}">Seen.</p>').body == "Seen."


def test_what_is_crossed_out_is_not_quoted() -> None:
    page = (
        "<p>Kurier: <del>19 zł</del> <s>18 zł</s> <b style='text-decoration: line-through'>17</b> 15 zł.</p>"
    )
    plain = html_to_text(page)
    assert (plain.body, plain.struck) == ("Kurier: 15 zł.", 3)
