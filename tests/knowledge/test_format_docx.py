from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from knowledge.reading.draft import Parsed
from knowledge.reading.formats import parse
from knowledge.reading.kinds import Kind
from knowledge.remarks import Refused

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
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


def with_notes(document: Any, name: str, notes: dict[str, str]) -> None:
    """Give a document a part of footnotes or endnotes, as Word does."""
    inner = "".join(
        f'<w:{name} w:id="{key}"><w:p><w:r><w:{name}Ref/></w:r><w:r><w:t>{said}</w:t></w:r></w:p></w:{name}>'
        for key, said in notes.items()
    )
    separator = f'<w:{name} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{name}>'
    part = Part(
        PackURI(f"/word/{name}s.xml"),
        f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}s+xml",
        f"<w:{name}s {nsdecls('w')}>{separator}{inner}</w:{name}s>".encode(),
        document.part.package,
    )
    document.part.relate_to(part, f"{RELATIONS}/{name}s")


def refer(paragraph: Any, name: str, key: str) -> None:
    run = paragraph.add_run()
    run._r.append(parse_xml(f'<w:{name}Reference {nsdecls("w")} w:id="{key}"/>'))


def test_footnotes_and_endnotes_follow_what_refers_to_them() -> None:
    document = docx.Document()
    first = document.add_paragraph("Dostawa jest darmowa")
    refer(first, "footnote", "2")
    first.add_run(".")
    refer(first, "endnote", "3")
    table = document.add_table(2, 2)
    for row, cells in enumerate([["Sposób", "Cena"], ["Kurier", "19 zł"]]):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    refer(table.cell(1, 1).paragraphs[0], "footnote", "4")
    again = document.add_paragraph("Zwrot też.")
    refer(again, "footnote", "2")
    gone = document.add_paragraph("Na telefon.")
    hidden = gone.add_run()
    hidden.font.hidden = True
    hidden._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="5"/>'))
    with_notes(document, "footnote", {"2": "Od 200 zł.", "4": "Z VAT.", "5": "Marża.", "6": "Sierota."})
    with_notes(document, "endnote", {"3": "Tylko w Polsce."})
    (draft,) = read(document).drafts
    assert draft.body == (
        "Dostawa jest darmowa.\n\nOd 200 zł.\n\nTylko w Polsce.\n\n- Kurier; Cena: 19 zł\n\nZ VAT.\n\n"
        "Zwrot też.\n\nNa telefon."
    )


def test_notes_that_are_not_there_or_refer_to_themselves_break_nothing() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Na zwrot masz 14 dni.")
    refer(paragraph, "footnote", "9")
    refer(paragraph, "endnote", "1")
    inner = 'x</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>'
    with_notes(document, "footnote", {"2": inner})
    assert read(document).drafts[0].body == "Na zwrot masz 14 dni."


def test_a_box_in_a_cell_is_read_once() -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Zwrot"
    table.cell(0, 1).text = "14 dni"
    box = "<w:txbxContent><w:p><w:r><w:t>od odbioru</w:t></w:r></w:p></w:txbxContent>"
    both = (
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    table.cell(0, 1).paragraphs[0]._p.append(parse_xml(both))
    assert read(document).drafts[0].body == "- Zwrot; 14 dni od odbioru"
