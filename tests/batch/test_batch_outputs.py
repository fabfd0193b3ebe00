"""What is written: every cell as it was, in every format, and none that can do harm."""

import csv
import datetime
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from sheets import ASKED, HEADER, repacked, write_csv, write_json_lines, write_parquet, write_xlsx

from coprod_match import DataError, Matcher, RequestError
from coprod_match.batch.columns import recognise
from coprod_match.batch.frame import match_frame
from coprod_match.batch.match import OUTCOME_COLUMNS
from coprod_match.batch.outputs import write_file
from coprod_match.batch.read import read_table
from coprod_match.batch.run import Counts, Job
from coprod_match.batch.values import CELL_LIMIT, for_csv
from coprod_match.printable import acts_as_formula

SHEETS = ["Matches", "By request", "Needs attention", "Demand", "About"]
FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", '=HYPERLINK("http://x")', "'=1", "＝1+1", "-2"]

text = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=30)
lines = st.lists(text, max_size=3).map("\n".join)
dangerous = st.sampled_from(FORMULAS[:4]).flatmap(lambda start: text.map(lambda end: start + end))
words = lines | dangerous | st.sampled_from(["training", "_x0041_", "007", "1e5", "TRUE", "2026-01-02"])
dates = st.datetimes(datetime.datetime(1901, 1, 1), datetime.datetime(2999, 1, 1)).map(
    lambda d: d.replace(microsecond=0)
)
numbers = st.integers(-(2**53), 2**53) | st.floats(-1e300, 1e300)
cells = st.none() | st.booleans() | numbers | words | dates


def sheets_of(cell: st.SearchStrategy[Any]) -> st.SearchStrategy[list[list[Any]]]:
    """Rows of a few columns, none of them blank."""
    row = st.lists(cell, min_size=2, max_size=2).map(lambda row: ["we want training", *row])
    return st.lists(row, min_size=1, max_size=4)


FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("outputs")


def write(matcher: Matcher, source: Path, out: Path, top: int = 2) -> Counts:
    table = read_table(source)
    job = Job(matcher, recognise(table.names), top)
    return write_file(table, job, source, out, resume=False, workers=1, progress=lambda rows: None)


def given_back(path: Path) -> Iterator[tuple[int, list[Any]]]:
    """The number and the own cells of each row of the requests, as openpyxl finds them."""
    book = openpyxl.load_workbook(path)
    for name in ("By request", "Needs attention"):
        header, *rows = book[name].iter_rows(values_only=True)
        own = header.index("How good the answer is" if name == "By request" else "Why")
        for row in rows:
            yield row[0], [as_excel_reads(cell) for cell in row[1:own]]


def as_excel_reads(cell: Any) -> Any:
    """A cell as it is meant: openpyxl shows the escapes of text, such as `_x000A_`, as they stand in the file."""
    return unescape(cell) if isinstance(cell, str) else cell


def same(found: object, original: object) -> bool:
    """Whether a cell is as it was; one of white space alone may come back blank, as XML is free to drop it."""
    return found == original or (found is None and isinstance(original, str) and not original.strip())


@FEW
@given(rows=sheets_of(cells))
def test_every_cell_of_a_workbook_is_found_unchanged_in_the_workbook_that_is_written(
    rows: list[list[Any]], matcher: Matcher, folder: Path
) -> None:
    def as_text(book: openpyxl.Workbook) -> None:
        for line in book.active.iter_rows():
            for cell in line:
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type

    source = write_xlsx(folder / "a.xlsx", [["text", "b", "c"], *rows], as_text)
    write(matcher, source, folder / "out.xlsx", top=1)
    found = dict(given_back(folder / "out.xlsx"))
    header, *lines = openpyxl.load_workbook(source).active.iter_rows(values_only=True)
    places = [header.index(name) for name in read_table(source).names]
    for number, line in enumerate(lines, start=2):
        kept = [as_excel_reads(line[place]) for place in places]
        assert all(map(same, found[number], kept)), (found[number], kept)


def test_a_number_of_a_workbook_keeps_its_last_digit(matcher: Matcher, tmp_path: Path) -> None:
    source = write_xlsx(tmp_path / "a.xlsx", [["text", "b"], ["training", 0.5]])
    exact = repacked(
        tmp_path / "b.xlsx", source, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"0.5", b"0.30000000000000004")
    )
    write(matcher, exact, tmp_path / "out.xlsx")
    assert [row for _, row in given_back(tmp_path / "out.xlsx")] == [["training", 0.1 + 0.2]]


@FEW
@given(rows=sheets_of(words))
def test_every_cell_of_a_csv_file_is_found_in_the_one_that_is_written_less_one_apostrophe(
    rows: list[list[str]], matcher: Matcher, folder: Path
) -> None:
    source = write_csv(folder / "a.csv", [["text", "b", "c"], *rows])
    write(matcher, source, folder / "out.csv", top=1)
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.reader(file))
    names = read_table(source).names
    for row, original in zip(found[1:], rows, strict=True):
        kept = [original[("text", "b", "c").index(name)] for name in names]
        assert [without_apostrophe(cell) for cell in row[: len(names)]] == kept
        assert not any(acts_as_formula(cell) and not cell.startswith("'") for cell in row)


def without_apostrophe(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and acts_as_formula(cell[1:]) else cell


@given(text=st.text())
@example(text="\x1f@")
def test_taking_away_one_apostrophe_gives_any_text_back(text: str) -> None:
    cell = for_csv(text)
    assert isinstance(cell, str)
    assert without_apostrophe(cell) == "".join("\ufffd" if _is_control(char) else char for char in text)


def _is_control(char: str) -> bool:
    return (ord(char) < 32 and char not in "\t\n\r") or "\ud800" <= char <= "\udfff" or char in "\ufffe\uffff"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)


@FEW
@given(rows=sheets_of(json_values))
def test_every_value_of_json_lines_is_found_unchanged(rows: list[list[Any]], matcher: Matcher, folder: Path) -> None:
    source = write_json_lines(folder / "a.jsonl", [["text", "b", "c"], *rows])
    write(matcher, source, folder / "out.jsonl", top=1)
    found = [json.loads(line) for line in (folder / "out.jsonl").read_bytes().splitlines()]
    assert [[line.get("text"), line.get("b"), line.get("c")] for line in found] == rows


def test_a_parquet_file_keeps_its_types_and_values(matcher: Matcher, tmp_path: Path) -> None:
    columns = {
        "text": ["training", None, "small grants"],
        "when": pa.array([datetime.datetime(2026, 1, 2, 3, 4, 5, 6)] * 3, pa.timestamp("ns", "UTC")),
        "some": pa.array([[1, 2], [], None], pa.list_(pa.int16())),
        "name": pa.array([1.5, None, 2.5], pa.float32()),
    }
    table = pa.table(columns)
    pq.write_table(table, tmp_path / "a.parquet")
    write(matcher, tmp_path / "a.parquet", tmp_path / "out.parquet", top=1)
    found = pq.read_table(tmp_path / "out.parquet")
    assert found.select(table.column_names).equals(table)
    assert found.column_names[4:] == [f"{name} (match)" if name == "name" else name for name in OUTCOME_COLUMNS]


@pytest.fixture(scope="module")
def mixed(matcher: Matcher, folder: Path) -> tuple[Path, Counts]:
    """Requests of every sort: matched, blank, not ours, asked twice."""
    rows = [*ASKED, ("", "", "n/a"), ("Council officer", "", "the street light outside my house is broken"), ASKED[0]]
    source = write_csv(folder / "mixed.csv", [HEADER, *rows])
    return source, write(matcher, source, folder / "mixed.xlsx")


def column(book: openpyxl.Workbook, sheet: str, name: str) -> list[Any]:
    header, *rows = book[sheet].iter_rows(values_only=True)
    return [row[header.index(name)] for row in rows]


def test_the_counts_add_up(mixed: tuple[Path, Counts]) -> None:
    _, counts = mixed
    assert counts == Counts(
        rows=6, matched=4, nothing_fits=1, needs_attention=1, duplicates=1, recommendations=8, blank=0
    )


def test_each_row_stands_exactly_once_by_request_or_under_needs_attention(
    mixed: tuple[Path, Counts], folder: Path
) -> None:
    book = openpyxl.load_workbook(folder / "mixed.xlsx")
    assert book.sheetnames == SHEETS
    assert column(book, "By request", "Row") + column(book, "Needs attention", "Row") == [2, 3, 4, 6, 7, 5]


def test_a_match_stands_beside_what_was_asked_with_a_link_that_opens(
    mixed: tuple[Path, Counts], folder: Path, matcher: Matcher
) -> None:
    book = openpyxl.load_workbook(folder / "mixed.xlsx")
    assert column(book, "Matches", "Row") == [2, 2, 3, 3, 4, 4, 7, 7]
    assert column(book, "Matches", HEADER[2])[0] == ASKED[0][2]
    links = [cell.hyperlink for cell in book["Matches"][2] if cell.hyperlink]
    ids = column(book, "Matches", "Source id")
    assert [links[0].target] == [matcher.catalogue.resource(ids[0]).url]


def test_a_row_that_needs_attention_says_why_and_what_to_do(mixed: tuple[Path, Counts], folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "mixed.xlsx")
    assert column(book, "Needs attention", "Why") == ["The row does not say what is needed."]
    assert "“What do you need help with?”" in column(book, "Needs attention", "What to do")[0]


def test_the_sheets_can_be_worked_with(mixed: tuple[Path, Counts], folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "mixed.xlsx")
    for name in SHEETS[:3]:
        sheet = book[name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.column_dimensions["B"].width > 20


def test_the_chart_shows_the_kinds_of_help_that_were_asked_for(mixed: tuple[Path, Counts], folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "mixed.xlsx")
    [chart] = book["Demand"]._charts
    rows = list(book["Demand"].iter_rows(values_only=True))
    asked = [row for row in rows if row[0] == "Kind of help" and row[1]]
    assert asked
    for place, series in enumerate(chart.series, start=5):
        assert [point.v for point in series.cat.strRef.strCache.pt] == [row[1] for row in asked]
        assert [float(point.v) for point in series.val.numRef.numCache.pt] == [row[place] for row in asked]


def test_demand_counts_who_asked_for_what_and_how_it_was_served(mixed: tuple[Path, Counts], folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "mixed.xlsx")
    rows = list(book["Demand"].iter_rows(values_only=True))
    assert rows[0][:5] == ("Who asked", "Kind of help", "Theme", "Place", "Asked")
    assert ("Who asked", "Council officer") in [row[:2] for row in rows]
    asked = sum(row[4] for row in rows[1 : rows.index((None,) * len(rows[0]))])
    assert asked == 4  # what is not ours is not counted


def test_about_says_how_it_was_made(mixed: tuple[Path, Counts], folder: Path, matcher: Matcher) -> None:
    book = openpyxl.load_workbook(folder / "mixed.xlsx")
    facts = dict(row for row in book["About"].iter_rows(min_row=2, values_only=True))
    assert facts["Version of the catalogue"] == matcher.catalogue.version
    assert (facts["Rows"], facts["Matched"], facts["Need attention"]) == (6, 4, 1)
    assert facts["Read as text"] == HEADER[2]
    assert float(facts["Weight: words"]) == matcher.ranking.weights.words.value


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_text_becomes_a_formula(cell: str, matcher: Matcher, tmp_path: Path) -> None:
    source = write_csv(tmp_path / "a.csv", [["text", cell], [f"training {cell}", cell], [cell, cell]])
    write(matcher, source, tmp_path / "out.xlsx")
    write(matcher, source, tmp_path / "out.csv")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    kinds = {box.data_type for sheet in book for line in sheet.iter_rows() for box in line}
    assert kinds <= {"s", "n", "inlineStr", "b", "d"}
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        written = [box for line in csv.reader(file) for box in line]
    assert not [box for box in written if box.strip()[:1] in set("=+@＝") or (box.startswith("-") and box != "-2")]


def test_what_a_cell_cannot_hold_is_cut_with_a_mark(matcher: Matcher, tmp_path: Path) -> None:
    long = "training " * 4000
    source = write_csv(tmp_path / "a.csv", [["text", "more"], ["training", long]])
    write(matcher, source, tmp_path / "out.xlsx")
    [(_, row)] = given_back(tmp_path / "out.xlsx")
    assert len(row[1]) == CELL_LIMIT
    assert row[1].endswith("(cut here: a cell holds no more)")
    assert long.startswith(row[1].split(" …")[0])


def test_control_characters_get_a_mark_in_their_place(matcher: Matcher, tmp_path: Path) -> None:
    source = write_csv(tmp_path / "a.csv", [["text", "b"], ["training", "a\x1b[31m\x00\x07b"]])
    write(matcher, source, tmp_path / "out.xlsx")
    write(matcher, source, tmp_path / "out.csv")
    [(_, row)] = given_back(tmp_path / "out.xlsx")
    assert row[1] == "a\ufffd[31m\ufffd\ufffdb"
    assert b"\x1b" not in (tmp_path / "out.csv").read_bytes()


def test_numbers_and_dates_that_a_workbook_cannot_hold_are_kept_as_text(matcher: Matcher, tmp_path: Path) -> None:
    early = datetime.datetime(1888, 1, 2)
    row = ("training", 2**60, early, float("inf"), datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC))
    write_parquet(tmp_path / "a.parquet", [["text", *"abcd"], row])
    write(matcher, tmp_path / "a.parquet", tmp_path / "out.xlsx")
    [(_, found)] = given_back(tmp_path / "out.xlsx")
    assert found[1:] == [str(2**60), "1888-01-02 00:00:00", "inf", "2026-01-02 00:00:00+00:00"]


def test_a_file_has_the_same_rows_as_a_frame(matcher: Matcher, mixed: tuple[Path, Counts], folder: Path) -> None:
    source, _ = mixed
    write(matcher, source, folder / "mixed.parquet")
    frame = pd.read_csv(source, dtype=str, keep_default_na=False)
    expected = match_frame(frame, matcher, top=2)
    found = pd.read_parquet(folder / "mixed.parquet")
    for name in OUTCOME_COLUMNS:
        assert found[name].astype(object).where(found[name].notna(), None).tolist() == (
            expected[name].astype(object).where(expected[name].notna(), None).tolist()
        ), name


@pytest.mark.parametrize("kind", ["xlsx", "csv", "jsonl", "parquet"])
def test_the_same_requests_give_the_same_bytes(
    kind: str, matcher: Matcher, mixed: tuple[Path, Counts], folder: Path
) -> None:
    source, _ = mixed
    for name in ("one", "two"):
        write(matcher, source, folder / f"{name}.{kind}")
    assert (folder / f"one.{kind}").read_bytes() == (folder / f"two.{kind}").read_bytes()


REFUSED: Sequence[tuple[str, type[Exception], str]] = (
    ("out.pdf", RequestError, "You can use: .xlsx, .csv, .jsonl, .parquet|Did you mean"),
    ("none/out.csv", DataError, "no such folder"),
    ("a.csv", RequestError, "would replace the requests"),
    ("folder.csv", RequestError, "not a file"),
)


@pytest.mark.parametrize(("name", "error", "said"), REFUSED)
def test_a_place_where_nothing_can_be_written_is_refused(
    name: str, error: type[Exception], said: str, matcher: Matcher, tmp_path: Path
) -> None:
    source = write_csv(tmp_path / "a.csv", [["text"], ["training"]])
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(error, match=said):
        write(matcher, source, tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "folder.csv"]


def test_more_matches_than_a_sheet_can_hold_are_refused_before_the_work(matcher: Matcher, tmp_path: Path) -> None:
    source = write_csv(tmp_path / "a.csv", [["text"], *([["x"]] * 12_000)])
    with pytest.raises(RequestError, match="1,048,576"):
        write(matcher, source, tmp_path / "out.xlsx", top=100)
