"""Reading XLSX, XLS and ODS with calamine, which takes values as last saved and follows no link."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from coprod_match.batch.packed import check_packed
from coprod_match.batch.table import Line, Sheet
from coprod_match.errors import CoprodMatchError, DataError, Problem, RequestError
from coprod_match.nearest import did_you_mean
from coprod_match.printable import clean

_Range = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell of a merged range, each as row and column from 0."""


def open_workbook(path: Path, *, packed: bool, sheet: str | None = None) -> list[Sheet]:
    """The sheets of a workbook that can be seen, or the one that is named by its name or its number from 1.

    `packed` says that the file is a zip archive. Raises DataError when the file cannot be read, and RequestError when
    there is no such sheet.
    """
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    if packed:
        check_packed(path)
    try:
        book = CalamineWorkbook.from_path(path)
        sheets = [item for item in book.sheets_metadata if item.typ == SheetTypeEnum.WorkSheet]
        visible = [item.name for item in sheets if item.visible == SheetVisibleEnum.Visible]
        chosen = [_named(sheet, [item.name for item in sheets])] if sheet else visible
        return [_sheet(path, book, name, alone=len(sheets) == 1) for name in chosen]
    except (CoprodMatchError, KeyboardInterrupt):
        raise
    except BaseException as error:  # what calamine raises for a hostile file may be no Exception
        raise DataError([_problem(path, error)]) from None


def _problem(path: Path, error: BaseException) -> Problem:
    if type(error).__name__ == "PasswordError":
        return Problem(path.name, "The workbook is protected by a password.", "Save a copy without one.")
    message = "The workbook cannot be read: it is damaged, or not a workbook."
    return Problem(path.name, message, "Open it in a spreadsheet program and save it once more as XLSX.")


def _named(given: str, names: Sequence[str]) -> str:
    if given in names:
        return given
    if given.isdecimal() and 0 < int(given) <= len(names):
        return names[int(given) - 1]
    raise RequestError(f"There is no sheet “{clean(given)}”. {did_you_mean(given, names)}")


def _sheet(path: Path, book: "CalamineWorkbook", name: str, *, alone: bool) -> Sheet:  # type: ignore[name-defined] # noqa: F821
    found = book.get_sheet_by_name(name)
    left = found.start[1] if found.start else 0
    merged: Sequence[_Range] = found.merged_cell_ranges or ()

    def lines() -> Iterator[Line]:
        return _merged_filled(([None] * left + list(row) for row in found.iter_rows()), merged)

    return Sheet(path.name if alone else f"{path.name}, sheet “{clean(name)}”", lines)


def _merged_filled(rows: Iterator[list[object]], merged: Sequence[_Range]) -> Iterator[Line]:
    """The rows, with the value of cells that are merged downwards in each row that they span."""
    begins: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (top, column), (bottom, _) in merged:
        if bottom > top:
            begins[top].append((column, bottom))
    spanning: dict[int, tuple[object, int]] = {}
    for number, row in enumerate(rows):
        for column, (value, bottom) in spanning.items():
            if number <= bottom:
                row[column] = value
        for column, bottom in begins.get(number, ()):
            spanning[column] = (row[column], bottom)
        yield Line(row)
