"""Reading CSV as people have it: any usual separator, any usual encoding, or several of them in one file."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from coprod_match.batch.table import Line, Sheet

_SEPARATORS = ",;\t|"
_LOOKED_AT = 100  # rows from which the separator is told
_LONGEST_LINE = 4_000_000  # letters
_MOST_LINES = 500  # lines of one row; more of them mean that a quotation mark was never closed
_KEPT = 1_000  # letters of a damaged row that are shown


def open_delimited(path: Path) -> Sheet:
    """The rows of a file of separated values."""
    separator = _separator(path)
    return Sheet(path.name, lambda: _rows(path, separator))


def _rows(path: Path, separator: str) -> Iterator[Line]:
    lines = _lines(path)
    reader = csv.reader(lines, delimiter=separator)
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Line([], f"Line {before + 1} of the file and those after it cannot be read: {error}.")
        else:
            spans = reader.line_num - before
            yield Line(cells) if spans <= _MOST_LINES else _unclosed(cells, before + 1, reader.line_num)
        before = reader.line_num


def _unclosed(cells: list[str], first: int, last: int) -> Line:
    message = f"Lines {first:,} to {last:,} of the file stand in one cell: a quotation mark is perhaps never closed."
    return Line([cell[:_KEPT] for cell in cells], message)


def _lines(path: Path) -> Iterator[str]:
    """Lines of text with their ends."""
    with path.open(encoding=_encoding(path), errors=_AS_WINDOWS, newline="") as file:
        while line := file.readline(_LONGEST_LINE):
            yield line


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
        rows = [len(line.cells) for line in islice(_rows(path, separator), _LOOKED_AT)]
        counts = Counter(width for width in rows if width > 1)
        width, rows_alike = max(counts.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))
        return rows_alike, width

    return max(_SEPARATORS, key=agreement)
