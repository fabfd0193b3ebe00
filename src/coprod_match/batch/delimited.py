"""Reading CSV as people have it: any usual separator, any usual encoding, or several of them in one file."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from coprod_match.batch.table import Line, Sheet
from coprod_match.errors import DataError, Problem

_SEPARATORS = ",;\t|"
_LOOKED_AT = 100  # rows from which the separator is told
_LONGEST_LINE = 4_000_000  # letters
_MOST_LINES = 500  # lines of one row; more of them mean that a quotation mark is in the wrong place
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_KEPT = 1_000  # letters of a damaged row that are shown


def open_delimited(path: Path) -> Sheet:
    """The rows of a file of separated values."""
    separator = _separator(path)
    return Sheet(path.name, lambda: _rows(path, separator))


def _rows(path: Path, separator: str) -> Iterator[Line]:
    """Each row. Raises DataError at a quotation mark that is never closed: its cell would hold all later rows."""
    taken: list[str] = []  # the lines of the row that is being read
    reader = csv.reader(_lines(path, taken), delimiter=separator)
    first, most = 1, f"{csv.field_size_limit():,}"
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a cell beyond the limit
            if len(taken) > 1:
                raise _unclosed(path, first, f"within {most} letters") from None
            yield Line([], f"Line {first:,} of the file cannot be read: a cell has more than {most} letters.")
        else:
            if not taken[-1]:
                raise _unclosed(path, first + len(taken) - 1 - _spanned(cells[-1]), "before the file ends")
            yield _line(cells, first, taken, separator)
        first += len(taken)
        taken.clear()


def _lines(path: Path, taken: list[str]) -> Iterator[str]:
    """Lines of text with their ends. Each is noted in `taken`, and the end of the file as an empty one."""
    with path.open(encoding=_encoding(path), errors=_AS_WINDOWS, newline="") as file:
        while True:
            taken.append(file.readline(_LONGEST_LINE))
            if not taken[-1]:
                return
            yield taken[-1]


def _spanned(cell: str) -> int:
    """How many lines a cell takes that goes on to the end of the file."""
    return len(_LINE.findall(cell)) or 1


def _unclosed(path: Path, line: int, how_far: str) -> DataError:
    message = f"The quotation mark that opens a cell in line {line:,} is not closed {how_far}."
    hint = "Close it or take it away, and run it again: until then it is unclear where the rows after it begin."
    return DataError([Problem(f"{path.name}:{line}", message, hint)])


def _line(cells: list[str], first: int, taken: list[str], separator: str) -> Line:
    """A row that was read from the lines `taken`, with what is wrong with it."""
    if len(taken) == 1:
        return Line(cells)
    where = f"Lines {first:,} to {first + len(taken) - 1:,} of the file"
    if len(taken) > _MOST_LINES:
        message = f"{where} stand in one row: a quotation mark is perhaps in the wrong place."
        return Line([cell[:_KEPT] for cell in cells], message)
    if not _pairs_up(taken, separator):
        return Line(cells, f"{where} were read as one row, and its quotation marks do not pair up: it may be several.")
    return Line(cells)


def _pairs_up(lines: list[str], separator: str) -> bool:
    """Whether a row has quotation marks only around whole cells, and doubled within them."""
    try:
        return any(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error:
        return False


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(2)
    return "utf-16" if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read what is not UTF-8 as Windows-1252, the other encoding that spreadsheets write here."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_AS_WINDOWS = "coprod-match-windows-1252"
codecs.register_error(_AS_WINDOWS, _as_windows)


def _separator(path: Path) -> str:
    """The separator that divides most of the first rows into equally many cells; a comma where none does."""

    def agreement(separator: str) -> tuple[int, int]:
        counts = Counter[int]()
        with suppress(DataError):  # by the wrong separator, a quotation mark may seem to be never closed
            for line in islice(_rows(path, separator), _LOOKED_AT):
                if (width := len(line.cells)) > 1:
                    counts[width] += 1
        width, rows_alike = max(counts.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        return rows_alike, width

    return max(_SEPARATORS, key=agreement)
