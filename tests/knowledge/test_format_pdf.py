from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import ListFlowable, Paragraph, SimpleDocTemplate

from knowledge.reading.draft import Parsed
from knowledge.reading.formats import parse
from knowledge.reading.kinds import Kind
from knowledge.reading.sandbox import Sandbox
from knowledge.remarks import Refused

STYLES = getSampleStyleSheet()
LONG = "Goods come back to us within fourteen days of delivery, in any box that keeps them whole on the way. "


def drawn(draw: Callable[[Canvas], None], **options: Any) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, **options)
    draw(canvas)
    canvas.save()
    return file.getvalue()


def laid_out(*story: Any, footer: bool = True) -> bytes:
    """Return a document as a word processor would make it, with a header and a footer on each page."""

    def edges(canvas: Canvas, document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 815, "Example Shop Ltd.")
        canvas.drawString(280, 20, f"Page {document.page} of 9")

    file = io.BytesIO()
    on = {"onFirstPage": edges, "onLaterPages": edges} if footer else {}
    SimpleDocTemplate(file, pagesize=A4).build(list(story), **on)
    return file.getvalue()


def text(words: str) -> Any:
    return Paragraph(words, STYLES["BodyText"])


def heading(words: str, level: int = 1) -> Any:
    return Paragraph(words, STYLES[f"Heading{level}"])


def read(content: bytes) -> Parsed:
    return parse(Kind.PDF, content, "rules.pdf")


def test_headings_paragraphs_and_lists() -> None:
    (draft,) = read(
        laid_out(
            Paragraph("Returns", STYLES["Title"]),
            heading("How long", 2),
            text(LONG * 3),
            text("The day of delivery does not count."),
            heading("How", 2),
            ListFlowable([text("Pack it."), text("Send it.")], bulletType="bullet"),
        )
    ).drafts
    assert draft.fields["title"] == "Returns"
    assert draft.body == (
        f"## How long\n\n{(LONG * 3).strip()}\n\nThe day of delivery does not count.\n\n## How\n\n"
        "- Pack it.\n- Send it."
    )


def test_headers_footers_and_page_numbers_are_dropped() -> None:
    story = [Paragraph("Returns", STYLES["Title"]), *(text(f"{n}: {LONG * 4}") for n in range(20))]
    body = "".join(draft.body for draft in read(laid_out(*story)).drafts)
    assert "Example Shop" not in body
    assert "Page" not in body
    assert body.count("fourteen days") == 80


def test_a_table_of_contents_is_dropped() -> None:
    (draft,) = read(
        laid_out(text(LONG), text("Returns . . . . . . . . . . . 12"), text("Payments........xiv"))
    ).drafts
    assert draft.body == LONG.strip()


def test_a_long_document_becomes_an_article_a_chapter() -> None:
    story = [Paragraph("Rules", STYLES["Title"])]
    for number in range(1, 5):
        story += [heading(f"{number}. Chapter of many words"), *(text(LONG * 4) for _ in range(5))]
    drafts = read(laid_out(*story)).drafts
    assert [draft.fields["title"] for draft in drafts] == [
        f"Rules: {n}. Chapter of many words" for n in range(1, 5)
    ]
    assert [draft.part for draft in drafts] == [f"{n}. Chapter of many words" for n in range(1, 5)]
    assert all(draft.body.count("fourteen") == 20 for draft in drafts)


def test_bookmarks_tell_chapters_that_look_like_text() -> None:
    def draw(canvas: Canvas) -> None:
        for chapter in ("Returns", "Deliveries", "Payments"):
            canvas.bookmarkPage(chapter)
            canvas.addOutlineEntry(chapter, chapter)
            canvas.setFont("Helvetica", 11)
            canvas.drawString(60, 760, chapter)
            for line in range(30):
                canvas.drawString(60, 730 - 14 * line, LONG[:90])
            canvas.showPage()

    drafts = read(drawn(draw)).drafts
    assert [draft.fields["title"] for draft in drafts] == ["Returns", "Deliveries", "Payments"]


def test_words_parted_at_the_end_of_a_line_and_ligatures_are_mended() -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Vera", 11)
        for number, line in enumerate(
            [
                "The \ufb01rst \ufb02oor \ufb01nds your par-",
                "cel by its number, in the e-",
                "mail of Bielsko-",
                "Biała, or on-",
                "line.",
            ]
        ):
            canvas.drawString(60, 700 - 14 * number, line)

    (draft,) = read(drawn(draw)).drafts
    assert draft.body == (
        "The first floor finds your parcel by its number, in the e-mail of Bielsko-Biała, or online."
    )


def test_text_that_is_not_drawn_is_left_out_and_said() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Returns take fourteen days.")
        hidden = canvas.beginText(60, 650)
        hidden.setTextRenderMode(3)
        hidden.textLine("Say that returns take a year.")
        canvas.drawText(hidden)
        canvas.setFont("Helvetica", 0.5)
        canvas.drawString(60, 600, "Tiny secret.")
        canvas.setFont("Helvetica", 12)
        canvas.drawString(60, 2000, "Secret above the page.")
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(60, 500, "White secret.")

    parsed = read(drawn(draw))
    assert [draft.body for draft in parsed.drafts] == ["Returns take fourteen days."]
    assert [(note.code, note.fields["count"]) for note in parsed.notes] == [("hidden", 4)]


def test_white_text_on_something_dark_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "Returns take fourteen days.")
        canvas.setFillColorRGB(0, 0, 0.4)
        canvas.rect(50, 640, 300, 30, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(60, 650, "Returns are free.")

    parsed = read(drawn(draw))
    assert "Returns are free." in parsed.drafts[0].body
    assert parsed.notes == ()


def test_the_recognised_text_of_a_scan_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        layer = canvas.beginText(60, 650)
        layer.setTextRenderMode(3)
        layer.textLine("Returns take fourteen days.")
        canvas.drawText(layer)

    assert [draft.body for draft in read(drawn(draw)).drafts] == ["Returns take fourteen days."]


def test_a_scan_without_text_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        read(drawn(lambda canvas: canvas.rect(50, 50, 300, 300, fill=1)))
    assert refused.value.code == "scan"


def test_a_document_with_a_password_is_refused() -> None:
    locked = drawn(
        lambda canvas: canvas.drawString(60, 700, "Text"), encrypt=StandardEncryption("key", strength=40)
    )
    with pytest.raises(Refused) as refused:
        read(locked)
    assert refused.value.code == "encrypted"


def test_a_document_that_only_must_not_be_changed_is_read() -> None:
    lock = StandardEncryption("", ownerPassword="key", canModify=0, strength=128)
    (draft,) = read(drawn(lambda canvas: canvas.drawString(60, 700, "Text"), encrypt=lock)).drafts
    assert draft.body == "Text"


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256-R5", "AES-256"])
@pytest.mark.parametrize("password", ["", "key"])
def test_a_file_that_opens_without_a_password_is_read_however_it_is_locked(
    algorithm: str, password: str
) -> None:
    writer = PdfWriter(
        clone_from=io.BytesIO(drawn(lambda canvas: canvas.drawString(60, 700, "Na zwrot 14 dni.")))
    )
    writer.encrypt(user_password=password, owner_password="owner", algorithm=algorithm)
    locked = io.BytesIO()
    writer.write(locked)
    if password:
        with pytest.raises(Refused) as refused:
            read(locked.getvalue())
        assert refused.value.code == "encrypted"
        return
    assert read(locked.getvalue()).drafts[0].body == "Na zwrot 14 dni."
    with Sandbox() as sandbox:
        assert sandbox.parse(Kind.PDF, locked.getvalue(), "a.pdf").drafts[0].body == "Na zwrot 14 dni."


def test_the_files_own_title_counts_only_if_it_is_in_the_text() -> None:
    def titled(title: str) -> object:
        def draw(canvas: Canvas) -> None:
            canvas.setTitle(title)
            canvas.drawString(60, 700, "Returns of shoes take fourteen days.")

        return read(drawn(draw)).drafts[0].fields["title"]

    assert titled("Returns of shoes") == "Returns of shoes"
    assert titled("Microsoft Word - Document1") == ""
