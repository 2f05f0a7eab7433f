from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from knowledge.reading.draft import Parsed
from knowledge.reading.formats import parse
from knowledge.reading.kinds import Kind
from knowledge.remarks import Refused

LONG = "Towar przyjmujemy w ciągu czternastu dni od odebrania paczki, w każdym pudełku, które go ochroni. "


def read(document: Any) -> Parsed:
    file = io.BytesIO()
    document.save(file)
    return parse(Kind.DOCX, file.getvalue(), "zwroty.docx")


def test_headings_lists_and_tables() -> None:
    document = docx.Document()
    document.add_heading("Zwroty", 0)
    document.add_heading("Jak zwrócić", 1)
    document.add_paragraph("Na zwrot masz 14 dni.\nLicząc od odbioru.")
    document.add_paragraph("kurierem", style="List Bullet")
    document.add_paragraph("paczkomatem", style="List Bullet")
    document.add_paragraph("zapakuj", style="List Number")
    document.add_paragraph("wyślij", style="List Number")
    document.add_heading("Koszt", 2)
    table = document.add_table(3, 2)
    for row, cells in enumerate([["Sposób", "Cena"], ["Kurier", "19 zł"], ["Punkt", "12 zł"]]):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    (draft,) = read(document).drafts
    assert draft.fields["title"] == "Zwroty"
    assert draft.body == (
        "## Jak zwrócić\n\nNa zwrot masz 14 dni.\nLicząc od odbioru.\n\n- kurierem\n- paczkomatem\n\n"
        "1. zapakuj\n2. wyślij\n\n### Koszt\n\n- Kurier; Cena: 19 zł\n- Punkt; Cena: 12 zł"
    )


def test_a_table_without_names_of_columns_keeps_its_first_row() -> None:
    document = docx.Document()
    document.add_paragraph("Kontakt")
    table = document.add_table(2, 2)
    for row, cells in enumerate([["Telefon", "22 123 45 67"], ["Godziny", "9-17"]]):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    assert read(document).drafts[0].body == "Kontakt\n\n- Telefon; 22 123 45 67\n- Godziny; 9-17"


def test_a_single_highest_heading_in_front_is_the_title() -> None:
    document = docx.Document()
    document.add_heading("Dostawa", 1)
    document.add_heading("Czas", 2)
    document.add_paragraph("Dwa dni.")
    (draft,) = read(document).drafts
    assert (draft.fields["title"], draft.body) == ("Dostawa", "## Czas\n\nDwa dni.")


def test_hidden_runs_are_left_out_and_said() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Na zwrot masz 14 dni.")
    paragraph.add_run(" Ukryte.").font.hidden = True
    paragraph.add_run(" Malutkie.").font.size = Pt(1)
    paragraph.add_run(" Białe.").font.color.rgb = RGBColor(255, 255, 255)
    style = document.styles.add_style("Uwaga wewnętrzna", WD_STYLE_TYPE.PARAGRAPH)
    style.font.hidden = True
    document.add_paragraph("Marża 40 %.", style=style)
    shaded = document.add_paragraph()
    run = shaded.add_run("Biały na granatowym.")
    run.font.color.rgb = RGBColor(255, 255, 255)
    run._r.get_or_add_rPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="000080"/>'))
    parsed = read(document)
    assert parsed.drafts[0].body == "Na zwrot masz 14 dni.\n\nBiały na granatowym."
    assert [(note.code, note.fields["count"]) for note in parsed.notes] == [("hidden", 4)]


def test_tracked_changes_count_as_accepted() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Na zwrot masz ")
    for tag, kind, words in (("w:del", "w:delText", "10"), ("w:ins", "w:t", "14"), ("w:ins", "w:t", " dni.")):
        change, run, inner = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(kind)
        inner.text = words
        inner.set(qn("xml:space"), "preserve")
        run.append(inner)
        change.append(run)
        paragraph._p.append(change)
    assert read(document).drafts[0].body == "Na zwrot masz 14 dni."


def test_a_long_document_becomes_an_article_a_chapter() -> None:
    document = docx.Document()
    document.add_heading("Regulamin", 0)
    for number in range(1, 4):
        document.add_heading(f"§ {number}", 1)
        document.add_heading(f"Rozdział o sprawie {number}", 1)
        for _ in range(8):
            document.add_paragraph(LONG * 4)
    drafts = read(document).drafts
    assert [draft.part for draft in drafts] == [f"§ {n} Rozdział o sprawie {n}" for n in range(1, 4)]
    assert drafts[0].fields["title"] == "Regulamin: § 1 Rozdział o sprawie 1"


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        read(docx.Document())
    assert refused.value.code == "no_text"


def test_what_is_crossed_out_is_left_out_and_said() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Na zwrot masz ")
    paragraph.add_run("30 ").font.strike = True
    paragraph.add_run("14 dni.").font.strike = False
    parsed = read(document)
    assert [draft.body for draft in parsed.drafts] == ["Na zwrot masz 14 dni."]
    assert [note.code for note in parsed.notes] == ["struck"]


def test_a_box_in_a_box_is_read_once() -> None:
    document = docx.Document()
    box = "<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>"
    words = "<w:r><w:t>{}</w:t></w:r>"
    inner = f"<w:p>{words.format('inner')}</w:p>"
    outer = f"<w:p>{words.format('outer')}{box.format(inner)}</w:p>"
    document.element.body.insert(
        0, parse_xml(f"<w:p {nsdecls('w')}>{words.format('Text.')}{box.format(outer)}</w:p>")
    )
    assert [draft.body for draft in read(document).drafts] == ["Text.\n\nouter\n\ninner"]
