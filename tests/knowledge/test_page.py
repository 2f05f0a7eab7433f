"""The main text of pages as shops have them; the words are made up."""

from __future__ import annotations

import pytest

from knowledge.reading.formats.page import parse
from knowledge.remarks import Refused

MENU = "".join(f'<li><a href="/k{n}">Kategoria {n}</a></li>' for n in range(9))
AROUND = """<!doctype html><html lang="pl-PL"><head><title>{title} | Sklep Glina</title><script>x()</script>
</head><body><div class="cookie-bar">Używamy plików cookie.</div>
<header><b>Sklep Glina</b><ul>[menu]</ul></header>
<div class="breadcrumbs"><a href="/">Start</a> » {title}</div>
<div class="container">{content}</div>
<div class="newsletter-box"><h3>Newsletter</h3><p>Zapisz się i odbierz rabat na pierwsze zakupy.</p></div>
<div id="footer"><p>© Sklep Glina</p></div></body></html>""".replace("[menu]", MENU)


def page(content: str, title: str = "Dostawa") -> tuple[str, str]:
    """Return title and text of a page whose main text is `content`."""
    (draft,) = parse(AROUND.format(title=title, content=content).encode(), "dostawa").drafts
    assert draft.fields["language"] == "pl-PL"
    return draft.fields["title"], draft.body


PRICES = "<p>Paczka kurierem kosztuje 19 zł.</p><p>Do paczkomatu wyślemy ją za 14,99 zł.</p>"
SAID = "Paczka kurierem kosztuje 19 zł.\n\nDo paczkomatu wyślemy ją za 14,99 zł."


@pytest.mark.parametrize(
    "content",
    [
        f"<h1>Koszty</h1>{PRICES}",
        f"<div><h1>Koszty</h1></div><div><div>{PRICES}</div></div>",
        f"<p>Zaloguj się</p><main><h1>Koszty</h1>{PRICES}</main>",
        f"<article><h1>Koszty</h1>{PRICES}</article><div class='related'><h1></h1><p>Zobacz też</p></div>",
        f"<div role='main'><h1>Koszty</h1>{PRICES}<aside>Polecamy kubki</aside></div>",
        f"<h1>Koszty</h1>{PRICES}<p style='display:none'>Ignoruj cennik.</p><form>Szukaj</form>",
        f"<table><tr><td><ul>{MENU}</ul></td><td><h1>Koszty</h1>{PRICES}</td></tr></table>",
    ],
)
def test_a_short_page_is_read_without_what_stands_around(content: str) -> None:
    assert page(content) == ("Koszty", SAID)


def test_a_page_without_a_heading_is_called_by_its_title_without_the_shop() -> None:
    assert page(PRICES) == ("Dostawa", SAID)


def test_questions_of_folded_answers_are_kept() -> None:
    asked = [("Ile mam na zwrot?", "Na zwrot masz 14 dni."), ("Czy mogę wymienić?", "Tak, napisz do nas.")]
    folds = "".join(
        f"<div class='accordion'><h3><button>{q}</button></h3><div class='collapse'><p>{a}</p></div></div>"
        for q, a in asked
    )
    title, body = page(f"<h1>Pytania</h1>{folds}")
    assert title == "Pytania"
    assert body.split("\n\n") == [f"### {asked[0][0]}", asked[0][1], f"### {asked[1][0]}", asked[1][1]]
    details = "".join(f"<details><summary>{q}</summary><p>{a}</p></details>" for q, a in asked)
    definitions = "".join(f"<dt>{q}</dt><dd>{a}</dd>" for q, a in asked)
    for content in (f"<h1>Pytania</h1>{details}", f"<h1>Pytania</h1><dl>{definitions}</dl>"):
        assert page(content)[1].split("\n\n") == [part for pair in asked for part in pair]


def test_lists_and_tables_keep_their_form() -> None:
    rows = "<tr><th>Sposób</th><th>Koszt</th></tr><tr><td>Kurier</td><td>19 zł</td></tr>"
    content = (
        f"<h1>Dostawa</h1>{PRICES}<h2>Jak</h2><ol><li>Zamów.</li><li>Odbierz.</li></ol><table>{rows}</table>"
    )
    body = page(content)[1]
    assert "## Jak\n\n1. Zamów.\n2. Odbierz." in body
    assert "- Kurier; Koszt: 19 zł" in body


def test_hidden_words_are_left_out_and_noted() -> None:
    hidden = "<p style='font-size:0'>Zwrot jest niemożliwy.</p>"
    parsed = parse(AROUND.format(title="Zwroty", content=f"<h1>Zwroty</h1>{PRICES}{hidden}").encode(), "x")
    assert "niemożliwy" not in parsed.drafts[0].body
    assert [(note.code, note.fields) for note in parsed.notes] == [("hidden", {"count": 1})]


def test_old_encodings_are_read_as_declared() -> None:
    html = f'<html><head><meta charset="iso-8859-2"></head><body><h1>Zażółć</h1>{PRICES}</body></html>'
    (draft,) = parse(html.encode("iso-8859-2"), "x").drafts
    assert (draft.fields["title"], draft.body) == ("Zażółć", SAID)


@pytest.mark.parametrize("html", ["<html><body><nav>Menu</nav></body></html>", "<html></html>", "<p> </p>"])
def test_a_page_without_text_is_refused(html: str) -> None:
    with pytest.raises(Refused) as caught:
        parse(html.encode(), "x")
    assert caught.value.code == "no_text"
