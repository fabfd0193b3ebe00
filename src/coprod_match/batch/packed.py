"""Refusing workbooks that would unpack to more than a machine can hold, before anything reads them.

XLSX and ODS files are zip archives of XML. A few kilobytes of them can claim to be gigabytes, or a table of a billion
cells of which two are filled; a reader that believes them runs out of memory.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from coprod_match.errors import DataError, Problem

MAX_UNPACKED = 2_000_000_000
"""Bytes that a workbook may have when it is unpacked."""
MAX_CELLS = 20_000_000
"""Cells that the filled part of a sheet may span: a million rows of twenty columns."""

_PART = 1 << 20  # bytes that are unpacked at once
_XLSX_TAG = re.compile(rb"<(?:[\w.-]+:)?(c|row)(?=[\s/>])([^<>]*)>")
_XLSX_PLACE = re.compile(rb"\br\s*=\s*\"([A-Za-z]{0,3})(\d{1,9})\"")
_ODS_TAG = re.compile(rb"<(?:[\w.-]+:)(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^<>]*)>")
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*\"(\d{1,12})\"")
_VALUED = re.compile(rb"value-type|formula")


def check_packed(path: Path) -> None:
    """Raise DataError unless a zip archive is sound and of a size that can be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
                raise _too_large(path, f"it would unpack to more than {MAX_UNPACKED:,} bytes")
            for member in archive.infolist():
                with archive.open(member) as file:  # reading to the end also proves the size that is claimed
                    if _span(file, member.filename) > MAX_CELLS:
                        raise _too_large(path, f"a sheet spans more than {MAX_CELLS:,} cells")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        message = "The workbook is damaged, protected, or written in an unusual way."
        raise DataError([Problem(path.name, message, "Open it, save it once more as XLSX, and try that.")]) from None


def _too_large(path: Path, why: str) -> DataError:
    hint = "Copy the rows that are needed into a new workbook."
    return DataError([Problem(path.name, f"The workbook is too large to be read safely: {why}.", hint)])


def _span(file: IO[bytes], name: str) -> int:
    """Cells of the widest sheet in one member of the archive, from its first cell to the last filled row and column."""
    ods = name == "content.xml"
    box = _OdsBox() if ods else _XlsxBox()
    tail = b""
    while part := file.read(_PART):
        if name.endswith(".xml"):
            text = tail + part
            end = text.rfind(b">") + 1
            for kind, attributes in (_ODS_TAG if ods else _XLSX_TAG).findall(text[:end]):
                if b"'" in attributes or attributes.count(b'"') % 2 or b"\0" in attributes:
                    raise ValueError  # no spreadsheet program writes that, and it could hide a size
                box.add(kind, attributes)
            tail = text[end:][-_PART:]
    return box.cells


@dataclass(slots=True)
class _XlsxBox:
    rows: int = 0
    columns: int = 0
    _row: int = 0
    _column: int = 0

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    def add(self, kind: bytes, attributes: bytes) -> None:
        place = _XLSX_PLACE.search(attributes)
        if kind == b"row":
            self._row, self._column = int(place[2]) if place else self._row + 1, 0
            return
        self._column = _number(place[1]) if place else self._column + 1
        self._row = max(int(place[2]), self._row) if place else self._row
        if not attributes.endswith(b"/"):  # a cell that is only coloured is none
            self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)


@dataclass(slots=True)
class _OdsBox:
    cells: int = 0
    _row: int = 0
    _column: int = 0
    _columns: int = 0

    def add(self, kind: bytes, attributes: bytes) -> None:
        repeated = _REPEATED.search(attributes)
        times = int(repeated[1]) if repeated else 1
        if kind == b"table":
            self._row = self._columns = 0
        elif kind == b"table-row":
            self._row, self._column = self._row + times, 0
        else:
            self._column += times
            if _VALUED.search(attributes):
                self._columns = max(self._columns, self._column)
                self.cells = max(self.cells, self._row * self._columns)


def _number(letters: bytes) -> int:
    """The number of a column: 1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
