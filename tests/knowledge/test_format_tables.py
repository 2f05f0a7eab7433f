from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest

from knowledge.reading.draft import Parsed
from knowledge.reading.formats import parse
from knowledge.reading.formats.table import MAX_ROWS
from knowledge.reading.formats.xlsx_shown import shown
from knowledge.reading.kinds import Kind
from knowledge.remarks import Refused

HEADER = ["Pytanie", "Odpowiedź"]


def csv(text: str, encoding: str = "utf-8") -> Parsed:
    return parse(Kind.CSV, text.encode(encoding), "faq.csv")


def xlsx(*rows: list[Any], **sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    for name, more in sheets.items():
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name.startswith("Hidden") else "visible"
        for row in more:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "iso-8859-2", "utf-16"])
def test_a_table_as_any_spreadsheet_saves_it(delimiter: str, encoding: str) -> None:
    lines = ["Pytanie", "Odpowiedź"], ["Gdzie jest żółć?", '"W środku, tuż obok;\nźródła | łąki."'], ["", ""]
    parsed = csv("\r\n".join(delimiter.join(line) for line in lines), encoding)
    (draft,) = parsed.drafts
    assert (draft.fields["title"], draft.row) == ("Gdzie jest żółć?", 2)
    assert draft.body == "W środku, tuż obok;\nźródła | łąki."
    guessed = {"cp1250": "Windows-1250", "iso-8859-2": "ISO-8859-2"}.get(encoding)
    assert [note.fields["encoding"] for note in parsed.notes] == ([guessed] if guessed else [])


@pytest.mark.parametrize(
    "header",
    [
        "question,answer,other questions,tags,language,valid from,valid until,id",
        "Title,Body,Questions,Tags,Language,valid_from,valid_until,ID",
        "tytuł,treść,inne pytania,tagi,język,ważne od,ważne do,identyfikator",
        "PYTANIE,ODPOWIEDŹ,Pytania,Kategoria,Jezyk,Wazne od:,Ważne do*,Id",
    ],
)
def test_columns_are_known_by_their_names_in_both_languages(header: str) -> None:
    (draft,) = csv(
        f'{header}\nIle?,Dwa dni.,za ile|kiedy dojdzie,"dostawa, czas",pl,2026-01-01,31.12.2026,pl/x'
    ).drafts
    assert draft.body == "Dwa dni."
    assert draft.fields == {
        "title": "Ile?",
        "questions": ["za ile", "kiedy dojdzie"],
        "tags": ["dostawa", "czas"],
        "language": "pl",
        "valid_from": "2026-01-01",
        "valid_until": "31.12.2026",
        "id": "pl/x",
    }


def test_excels_own_first_line_and_rows_above_the_names_are_passed_over() -> None:
    (draft,) = csv("sep=;\nFAQ sklepu;;\n;;\nLp;Odpowiedź;Pytanie\n1;Dwa dni.;Ile?").drafts
    assert (draft.fields["title"], draft.body, draft.row) == ("Ile?", "Dwa dni.", 5)


def test_broken_rows_are_named_and_the_others_read() -> None:
    parsed = csv("pytanie;odpowiedź\nA?;1\n;sierota\nB?;\n;;\nC?;" + "x" * 20_001 + "\nD?;4\n")
    assert [(draft.fields["title"], draft.row) for draft in parsed.drafts] == [("A?", 2), ("D?", 7)]
    assert [(problem.code, problem.row) for problem in parsed.problems] == [
        ("no_question", 3),
        ("no_answer", 4),
        ("long_answer", 6),
    ]


def test_a_table_that_breaks_off_is_read_so_far() -> None:
    parsed = csv('pytanie;odpowiedź\nA?;1\nB?;"' + "x" * 200_001 + '"\nC?;3')
    assert [draft.fields["title"] for draft in parsed.drafts] == ["A?"]
    assert [(problem.code, problem.row) for problem in parsed.problems] == [("bad_table", 3)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kto;co\nja;nic", "no_columns"),
        ("pytanie;autor\nkto?;ja", "no_columns"),
        ("zwykły tekst bez tabeli", "no_columns"),
        ("a,b\n" * 100 + "pytanie,odpowiedź\nx,y", "no_columns"),
        ("a\0b", "not_text"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        csv(text)
    assert refused.value.code == code


def test_names_of_columns_alone_are_said() -> None:
    assert [problem.code for problem in csv("pytanie;odpowiedź\n").problems] == ["no_rows"]


def test_rows_beyond_the_limit_are_said() -> None:
    parsed = csv("q,a\n" + "".join(f"{n}?,{n}\n" for n in range(MAX_ROWS + 1)))
    assert len(parsed.drafts) == MAX_ROWS
    assert [(problem.code, problem.fields) for problem in parsed.problems] == [
        ("too_many_rows", {"limit": MAX_ROWS})
    ]


def test_an_answer_in_html_becomes_text() -> None:
    parsed = csv(
        "q,a\nHow?,<p>Two <b>steps</b>:</p><ul><li>one</li></ul><script>x()</script><p hidden>no</p>\n"
    )
    assert parsed.drafts[0].body == "Two steps:\n\n- one"
    assert [note.code for note in parsed.notes] == ["scripts", "hidden"]


def test_a_mark_of_less_than_is_no_html() -> None:
    assert csv("q,a\nHow?,a < b and 5 > 3\n").drafts[0].body == "a < b and 5 > 3"


def test_a_workbook_with_sheets_dates_numbers_and_formulas() -> None:
    content = xlsx(
        ["Nasze FAQ"],
        [*HEADER, "Ważne od", "Ważne do", "Tagi"],
        [
            "Ile trwa zwrot?",
            "• 14 dni\n• licząc od odbioru",
            date(2026, 1, 1),
            datetime(2026, 12, 31),  # noqa: DTZ001  # cells have no zone
            "zwroty; czas",
        ],
        ["Ile kosztuje?", 12.0],
        ["Suma?", "=1+1"],
        ["Błąd?", "#REF!"],
        [None, None],
        Dostawa=[HEADER, ["Kiedy?", "Jutro."]],
        Notatki=[["luźne", "uwagi"]],
        Hidden=[HEADER, ["Marża?", "40 %"]],
    )
    parsed = parse(Kind.XLSX, content, "faq.xlsx")
    assert [draft.body for draft in parsed.drafts] == ["- 14 dni\n- licząc od odbioru", "12", "Jutro."]
    assert parsed.drafts[0].fields["valid_from"] == "2026-01-01"
    assert parsed.drafts[0].fields["valid_until"] == "2026-12-31"
    assert parsed.drafts[0].fields["tags"] == ["zwroty", "czas"]
    assert [(problem.code, problem.row) for problem in parsed.problems] == [
        ("no_answer", 5),
        ("no_answer", 6),
    ]
    assert [(note.code, note.fields["name"]) for note in parsed.notes] == [
        ("other_sheet", "Notatki"),
        ("hidden_sheet", "Hidden"),
    ]


def test_a_workbook_without_questions_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        parse(Kind.XLSX, xlsx(["Kto", "Co"], ["ja", "nic"]), "x.xlsx")
    assert refused.value.code == "no_columns"


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        (19.9, '#,##0.00\\ "zł"', "19,90 zł"),
        (19.9, "_-* #,##0.00\\ [$zł-415]_-;-* #,##0.00\\ [$zł-415]_-", "19,90 zł"),
        (1200, "[$€-2] #,##0", "€ 1200"),
        (0.235, "0.0%", "23.5%"),
        (14, '0 "dni"', "14 dni"),
        (14.0, "General", 14.0),
        ("14 dni", "0.00", "14 dni"),
        (True, "0", True),
        (time(8, 30), "h:mm", "08:30"),
        (3, "@", 3),
    ],
)
def test_a_number_is_read_as_it_is_shown(value: object, form: str, said: object) -> None:
    assert shown(value, form) == said


def test_hidden_rows_are_left_out_and_said() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADER, ["Ile za kuriera?", 19.9], ["Ile było?", "12 zł."], ["Kiedy?", "Jutro."]):
        sheet.append(row)
    sheet["B2"].number_format = '0.00 "zł"'
    sheet.row_dimensions[3].hidden = True
    file = io.BytesIO()
    book.save(file)
    parsed = parse(Kind.XLSX, file.getvalue(), "faq.xlsx")
    assert [(draft.body, draft.row) for draft in parsed.drafts] == [("19,90 zł", 2), ("Jutro.", 4)]
    assert [(note.code, note.fields["count"]) for note in parsed.notes] == [("hidden_rows", 1)]


def test_a_quotation_mark_that_is_not_closed_does_not_swallow_the_rest() -> None:
    parsed = csv('pytanie;odpowiedź\nA?;Tak.\nIle?;"14 dni\nKiedy?;Jutro.\nB?;Nie.\n')
    assert [draft.body for draft in parsed.drafts] == ["Tak."]
    assert [(problem.code, problem.row) for problem in parsed.problems] == [("open_quote", 3)]
