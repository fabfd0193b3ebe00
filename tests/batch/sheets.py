"""Sheets for the tests of batch matching, and small data files to match them with."""

import csv
import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

Rows = Sequence[Sequence[Any]]

HEADER = ("Who are you?", "Council area", "What do you need help with?")
ASKED = (
    ("Council officer", "Fermanagh", "only the usual people turn up to our meetings"),
    ("Charity", "Belfast", "we want training in facilitation"),
    ("", "", "small grants for a residents' group"),
)


def write_csv(path: Path, rows: Rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def write_xlsx(path: Path, rows: Rows, change: Callable[[Any], object] = lambda book: None) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    change(book)
    book.save(path)
    return path


def write_xls(path: Path, rows: Rows) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Answers")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    book.save(str(path))
    return path


def write_ods(path: Path, rows: Rows) -> Path:
    document, table = OpenDocumentSpreadsheet(), Table(name="Answers")
    for row in rows:
        line = TableRow()
        for cell in row:
            box = TableCell(valuetype="string") if cell else TableCell()
            box.addElement(P(text=str(cell)))
            line.addElement(box)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(str(path))
    return path


def write_parquet(path: Path, rows: Rows) -> Path:
    header, *body = rows
    pq.write_table(pa.table({name: [row[at] for row in body] for at, name in enumerate(header)}), path)
    return path


def write_json_lines(path: Path, rows: Rows) -> Path:
    header, *body = rows
    lines = (json.dumps(dict(zip(header, row, strict=True))) for row in body)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


KINDS: dict[str, Callable[[Path, Rows], Path]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "xls": write_xls,
    "ods": write_ods,
    "parquet": write_parquet,
    "jsonl": write_json_lines,
}


def packed(path: Path, parts: Iterable[tuple[str, bytes]]) -> Path:
    """A zip archive of those parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return path


def repacked(path: Path, source: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """A copy of a zip archive in which one part is changed."""
    with zipfile.ZipFile(source) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    return packed(path, (parts | {name: change(parts[name])}).items())
