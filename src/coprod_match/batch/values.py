"""Cells on their way out: as they were, as far as a format can hold them, and harmless wherever they are opened."""

import datetime
import json
import math
import re
from collections.abc import Mapping
from decimal import Decimal

from coprod_match.printable import acts_as_formula

CELL_LIMIT = 32_767
"""Letters that a cell of a workbook can hold."""

Plain = str | int | float | bool | datetime.datetime | datetime.date | datetime.time | datetime.timedelta | None
"""What a cell is made of."""

_NOT_IN_SHEETS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CUT = " … (cut here: a cell holds no more)"
_FIRST_YEAR = 1901  # before it a workbook's days are off by one
_MOST_EXACT = 2**53  # whole numbers beyond this are not exact in a workbook


def plain(value: object) -> Plain:
    """A cell as a spreadsheet knows it: nested values as JSON, other kinds as text, no control characters."""
    if value is None or isinstance(value, bool | int | datetime.date | datetime.time | datetime.timedelta):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None if math.isnan(value) else str(value)
    if isinstance(value, bytes):
        return without_controls(value.decode("utf-8", "replace"))
    if isinstance(value, list | tuple | Mapping):
        return without_controls(json.dumps(value, ensure_ascii=False, default=str))
    return without_controls(str(value))


def without_controls(text: str) -> str:
    """Text with a mark in place of each character that no sheet can hold."""
    return _NOT_IN_SHEETS.sub("\ufffd", text)


class _Exact(float):
    """A number that is written with all its digits; XlsxWriter asks for sixteen, and some need one more."""

    def __format__(self, spec: str) -> str:
        return repr(float(self))


def for_workbook(value: object) -> Plain:
    """A cell as XLSX can hold it: what it cannot hold exactly becomes text; what is too long is cut, with a mark."""
    cell = plain(value)
    if isinstance(cell, str):
        text = cell.replace("\r\n", "\n").replace("\r", "\n")  # XML knows only one line end
        return text if len(text.encode("utf-16-le")) <= 2 * CELL_LIMIT else _cut(text)
    if isinstance(cell, bool) or cell is None:
        return cell
    if isinstance(cell, float):
        return _Exact(cell)
    return cell if _fits(cell) else as_text_cell(cell)


def _fits(cell: int | datetime.date | datetime.time | datetime.timedelta) -> bool:
    """Whether a workbook holds a value exactly: it counts in days since 1900, to the millisecond."""
    if isinstance(cell, int):
        return abs(cell) <= _MOST_EXACT
    if isinstance(cell, datetime.timedelta):
        return cell >= datetime.timedelta() and cell.microseconds % 1000 == 0
    whole = getattr(cell, "microsecond", 0) % 1000 == 0 and getattr(cell, "tzinfo", None) is None
    return whole and getattr(cell, "year", _FIRST_YEAR) >= _FIRST_YEAR


def _cut(text: str) -> str:
    kept = text.encode("utf-16-le")[: 2 * (CELL_LIMIT - len(_CUT))]
    return kept.decode("utf-16-le", "ignore") + _CUT


def as_text_cell(value: object) -> str | None:
    """A cell as text, exact and without a locale: numbers in full, dates as ISO 8601 writes them."""
    cell = plain(value)
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) <= _MOST_EXACT:
        return str(int(cell))
    return cell.isoformat(" ") if isinstance(cell, datetime.datetime) else str(cell)


def for_csv(value: object) -> object:
    """A cell as CSV can hold it. Text that could act as a formula gets an apostrophe before it.

    So does text that begins with apostrophes and then so; hence taking away one apostrophe always gives the original.
    """
    if value is None or type(value) is int:
        return value
    text = as_text_cell(value)
    return f"'{text}" if text is not None and isinstance(value, str) and acts_as_formula(text) else text


def for_json(value: object) -> object:
    """A cell as JSON can hold it."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list | tuple):
        return [for_json(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): for_json(item) for key, item in value.items()}
    if value is None or isinstance(value, str | int):
        return value
    return str(value) if isinstance(value, Decimal) else as_text_cell(value)
