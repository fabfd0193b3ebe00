"""Sheets are read as people have them."""

import codecs
import datetime
import json
from pathlib import Path

import openpyxl
import pytest
from sheets import ASKED, HEADER, KINDS, Rows, write_csv, write_json_lines, write_xlsx

from coprod_match import DataError, RequestError
from coprod_match.batch.match import Row
from coprod_match.batch.read import read_table
from coprod_match.batch.table import Table


def cells(table: Table) -> list[tuple[object, ...]]:
    return [tuple(row.cells.values()) for row in table.rows()]


def blanks_alike(rows: Rows) -> list[tuple[object, ...]]:
    return [tuple(cell or None for cell in row) for row in rows]


def read(path: Path, text: str | bytes) -> Table:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_table(path)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_gives_the_same_table(kind: str, tmp_path: Path) -> None:
    table = read_table(KINDS[kind](tmp_path / f"answers.{kind}", [HEADER, *ASKED]))
    assert table.names == HEADER
    assert blanks_alike(cells(table)) == blanks_alike(ASKED)
    assert table.total == len(list(table.rows())) == 3


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_of_a_file_is_told_from_what_it_holds(kind: str, tmp_path: Path) -> None:
    assert read_table(KINDS[kind](tmp_path / "answers", [HEADER, *ASKED])).names == HEADER


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_usual_separator_is_recognised(separator: str, tmp_path: Path) -> None:
    text = f'text{separator}place\n"a, b; c"{separator}Derry\nd{separator}\n'
    assert cells(read(tmp_path / "a.csv", text)) == [("a, b; c", "Derry"), ("d", "")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_is_recognised(encoding: str, tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "text,place\nBéal Feirste’s café – “so”,Derry\n".encode(encoding))
    assert table.names == ("text", "place")
    assert cells(table) == [("Béal Feirste’s café – “so”", "Derry")]


def test_utf_16_of_either_order_is_read(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", codecs.BOM_UTF16_BE + "text\ncafé\n".encode("utf-16-be"))
    assert cells(table) == [("café",)]


def test_encodings_that_are_mixed_in_one_file_are_each_read_right(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "text\ncafé\n".encode() + "café\n".encode("cp1252") + "café\n".encode())
    assert cells(table) == [("café",)] * 3


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_is_taken(end: str, tmp_path: Path) -> None:
    assert [row.number for row in read(tmp_path / "a.csv", end.join(["text", "a", "", "b"])).rows()] == [2, 4]


def test_one_column_needs_no_separator(tmp_path: Path) -> None:
    assert cells(read(tmp_path / "a.csv", "text\nhelp us\nand us\n")) == [("help us",), ("and us",)]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "xls", "ods"])
def test_titles_above_the_header_and_blank_rows_are_passed_over_and_rows_keep_the_numbers_of_the_sheet(
    kind: str, tmp_path: Path
) -> None:
    rows = [["Survey of needs, 2026", "", ""], ["", "", ""], HEADER, ASKED[0], ["", "", ""], ASKED[1]]
    table = read_table(KINDS[kind](tmp_path / f"a.{kind}", rows))
    assert table.names == HEADER
    assert [row.number for row in table.rows()] == [4, 6]
    assert (table.total, table.blank) == (2, 1)


def test_the_header_is_found_by_a_column_that_is_named(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["Spring", ""], ["Wer?", "Was?"], ["ich", "alles"]])
    assert read_table(path, mapped=["was?"]).names == ("Wer?", "Was?")


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([["role", "text"], ["council", "a toolkit", " help", " training"], ["council", "a grant"]], 1),
        ([["text"], ["help", " advice"], ["support", " money"]], 1),
        ([["Your type", "Wanted", "Details"], ["Council", "Support", "How can we help older people"]], 1),
        ([["Name", "Comments"], ["Ann", "How can we help older people"], ["Group", "Help"]], 1),
        ([["Requests", "", ""], ["Name", "Organisation", "Comments"], ["Ann", "a charity", "a hall"]], 2),
        ([["Council", "Derry", "", ""], ["Name", "Job", "Area", "Request"], ["Ann", "nurse", "Derry", "a hall"]], 2),
        ([["Exported", "by Ann"], ["Name", "Comments"], ["Ben", "a hall"]], 2),
        ([["Text"], ["Name", "Text", "Area"], ["Ben", "a, b", "Derry", "c", "d", "e", "f"], ["Eve", "c", "Omagh"]], 2),
    ],
)
def test_the_header_is_the_row_of_names_and_no_row_of_values_or_titles(
    rows: list[list[str]], header: int, tmp_path: Path
) -> None:
    table = read_table(write_csv(tmp_path / "a.csv", rows))
    assert table.names[: len(rows[header - 1])] == tuple(rows[header - 1])
    assert next(iter(table.rows())).number == header + 1


def test_blank_columns_are_left_out_and_those_without_a_name_get_one(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["", "text", "", ""], ["", "a", "", "stray"], ["", "b", "", ""]])
    assert read_table(path).names == ("text", "Column D")


def test_columns_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["text", "Why?", "Why?", "Why? (2)", "Why?"], list("abcde")])
    table = read_table(path)
    assert table.names[:2] == ("text", "Why?")
    assert len(set(table.names)) == 5
    assert cells(table) == [tuple("abcde")]


def test_rows_may_be_shorter_or_longer_than_the_header(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "text,place\na\nb,Derry,more\n")
    assert table.names == ("text", "place", "Column C")
    assert cells(table) == [("a", None, None), ("b", "Derry", "more")]


def test_cells_of_a_workbook_keep_their_types(tmp_path: Path) -> None:
    when = datetime.datetime(2026, 1, 2, 3, 4, 5)
    row = ["help", 3, 2.5, True, when, datetime.time(3, 4), "007", " kept ", "=1+1 as text"]
    path = write_xlsx(tmp_path / "a.xlsx", [["text", *"abcdefgh"]])
    book = openpyxl.load_workbook(path)
    for column, value in enumerate(row, start=1):
        cell = book.active.cell(2, column, value)
        cell.data_type = "s" if isinstance(value, str) else cell.data_type
    book.save(path)
    assert cells(read_table(path)) == [tuple(row)]


def test_a_cell_that_is_merged_over_several_rows_counts_for_each(tmp_path: Path) -> None:
    rows = [["Answers", ""], ["place", "text"], ["Derry", "a"], ["", "b"], ["", "c"], ["Omagh", "d"]]

    def merge(book: openpyxl.Workbook) -> None:
        book.active.merge_cells("A1:B1")
        book.active.merge_cells("A3:A5")

    table = read_table(write_xlsx(tmp_path / "a.xlsx", rows, merge))
    assert cells(table) == [("Derry", "a"), ("Derry", "b"), ("Derry", "c"), ("Omagh", "d")]


def two_sheets(book: openpyxl.Workbook) -> None:
    book.create_sheet("Lists").append(["Choices"])
    second = book.create_sheet("March")
    for row in (["text"], ["from March"]):
        second.append(row)


def test_the_sheet_that_looks_like_requests_is_read(tmp_path: Path) -> None:
    def add(book: openpyxl.Workbook) -> None:
        book.create_sheet("Lists", 0).append(["Choices"])
        book.create_sheet("Hidden", 0).append(["text"])
        book["Hidden"].append(["secret"])
        book["Hidden"].sheet_state = "hidden"

    assert cells(read_table(write_xlsx(tmp_path / "a.xlsx", [["text"], ["a"]], add))) == [("a",)]


def test_it_is_an_error_when_several_sheets_look_like_requests(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["text"], ["a"]], two_sheets)
    with pytest.raises(RequestError, match=r"--sheet: “Sheet”, “Lists”, “March”"):
        read_table(path)


@pytest.mark.parametrize("sheet", ["March", "3"])
def test_a_sheet_can_be_named_or_numbered(sheet: str, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["text"], ["a"]], two_sheets)
    assert cells(read_table(path, sheet=sheet)) == [("from March",)]


def test_a_sheet_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["text"], ["a"]], two_sheets)
    with pytest.raises(RequestError, match=r"no sheet “Marhc”. Did you mean “March”"):
        read_table(path, sheet="Marhc")


def test_only_a_workbook_has_sheets(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="no workbook"):
        read_table(write_csv(tmp_path / "a.csv", [["text"], ["a"]]), sheet="1")


def test_a_line_that_is_no_json_is_damaged_and_all_others_are_read(tmp_path: Path) -> None:
    path = write_json_lines(tmp_path / "a.jsonl", [["text"], ["a"], ["b"]])
    path.write_text(path.read_text(encoding="utf-8") + '{"text": \n[1]\n{"text": "c", "new": 1}\n', encoding="utf-8")
    rows = list(read_table(path).rows())
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert [bool(row.damage) for row in rows] == [False, False, True, True, False]
    assert rows[2].cells["text"] == '{"text": '
    assert rows[4] == Row(5, {"text": "c", "new": 1})


def test_json_that_is_nested_too_deep_is_damaged(tmp_path: Path) -> None:
    table = read(tmp_path / "a.jsonl", '{"text": "a"}\n{"text": ' + "[" * 100_000 + "\n")
    assert [bool(row.damage) for row in table.rows()] == [False, True]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"text": oh}', "Line 2 of the file is not JSON: see what stands at letter 10 of it."),
        ('{"text": ' + "[" * 100_000, "Line 2 of the file cannot be read: it is nested too deep."),
        ('{"text": ' + "1" * 5_000 + "}", "Line 2 of the file cannot be read: it has a number of too many digits."),
    ],
)
def test_why_a_line_is_no_json_is_told_in_plain_words(line: str, said: str, tmp_path: Path) -> None:
    _, row = read(tmp_path / "a.jsonl", f'{{"text": "a"}}\n{line}\n').rows()
    assert row.damage == said


def test_json_lines_keep_every_kind_of_value(tmp_path: Path) -> None:
    values = {"text": "a", "n": 1, "x": 1.5, "yes": True, "no": None, "list": ["b"], "more": {"c": 1}}
    assert cells(read(tmp_path / "a.jsonl", json.dumps(values))) == [tuple(values.values())]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('role,text\ncouncil,a toolkit\nfunder,"a grant for our hall\ncouncil,training\ncouncil,a toolkit\n', 3),
        ('text\ngood\n"never closed\n' + "row\n" * 2_000, 3),
        ('text\ngood\n"never closed\n' + "a longer row\n" * 20_000, 3),
        ('text,place\r\n"two\r\n\r\nlines","never\r\nclosed\r\n', 4),
        ('text\rgood\r"never closed\rrow', 3),
        ('text\ngood\n"', 3),
        ('text\ngood\n"\n', 3),
    ],
)
def test_a_quotation_mark_that_is_never_closed_is_told_with_its_line_before_anything_is_matched(
    text: str, line: int, tmp_path: Path
) -> None:
    said = rf"a\.csv:{line}: The quotation mark that opens a cell in line {line} is not closed"
    with pytest.raises(DataError, match=said):
        read(tmp_path / "a.csv", text)


def test_a_quotation_mark_that_is_closed_by_that_of_another_row_is_told_and_the_rows_after_it_are_read(
    tmp_path: Path,
) -> None:
    text = 'role,text\nfunder,"a grant\ncouncil,training\nresident,"a grant, please"\ncouncil,a toolkit\n'
    swallowed, after = read(tmp_path / "a.csv", text).rows()
    assert swallowed.damage.startswith("Lines 2 to 4 of the file were read as one row")
    assert "council,training" in str(swallowed.cells)
    assert after.cells == {"role": "council", "text": "a toolkit", "Column C": None}


def test_a_quotation_mark_in_or_above_the_header_that_hides_rows_is_told(tmp_path: Path) -> None:
    for text in (
        'role,"text\ncouncil,a\nfunder,"b"\ncouncil,c\n',
        '"Answers\nrole,text\nfunder,"b"\nrole,text\nfunder,c\n',
    ):
        with pytest.raises(DataError, match="Lines 1 to 3 of the file were read as one row"):
            read(tmp_path / "a.csv", text)


def test_line_breaks_and_quotation_marks_within_a_cell_are_read(tmp_path: Path) -> None:
    text = 'text,place\n"we\n\nsay ""help"", often",Derry\nan 8" pipe,"so ""it"" is"\n'
    assert cells(read(tmp_path / "a.csv", text)) == [('we\n\nsay "help", often', "Derry"), ('an 8" pipe', 'so "it" is')]


def test_a_quotation_mark_that_only_another_separator_would_leave_open_is_none(tmp_path: Path) -> None:
    assert cells(read(tmp_path / "a.csv", 'text;place\na,"b;Derry\nc;Omagh\n')) == [('a,"b', "Derry"), ("c", "Omagh")]


def test_a_cell_of_very_many_lines_is_told_and_no_row_beside_it_is_lost(tmp_path: Path) -> None:
    rows = "".join(f"row {n}\n" for n in range(2000))
    first, second, third = read(tmp_path / "a.csv", f'text\ngood\n"opened\n{rows}closed"\nafter\n').rows()
    assert (first, third) == (Row(2, {"text": "good"}), Row(4, {"text": "after"}))
    assert "Lines 3 to 2,004 of the file stand in one row" in second.damage


def test_a_cell_beyond_all_bounds_is_told_and_the_rows_after_it_are_read(tmp_path: Path) -> None:
    damaged = list(read(tmp_path / "a.csv", f"text\n{'x' * 300_000}\nafter\n").rows())
    assert [bool(row.damage) for row in damaged] == [True, False]
    assert damaged[-1].cells == {"text": "after"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n \n", "empty"),
        (b"text\n", "no rows"),
        (b"%PDF-1.7", "a PDF"),
        (b"<html><table><tr><td>text", "a web page"),
        (b"\x00\x01\x02\x03", "another kind"),
        (b"PK\x03\x04 and nonsense", "damaged"),
        (b"\xd0\xcf\x11\xe0 and nonsense", "cannot be read: it is damaged, or not a workbook. Open it"),
        (b"PAR1 and nonsense", "cannot be read: it is damaged, or not a Parquet file. Export it"),
        (b"PAR1 and nonsense PAR1", "cannot be read: it is damaged, or not a Parquet file. Export it"),
    ],
)
def test_what_is_no_sheet_is_refused_in_a_sentence(content: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=said) as error:
        read(tmp_path / "a.xlsx", content)
    assert "a.xlsx" in str(error.value)


def test_a_file_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="No such file"):
        read_table(tmp_path / "none.csv")
