"""From a file of requests to the table in it, whatever kind of file it is."""

from collections.abc import Iterable
from pathlib import Path

from coprod_match.batch.columns import likeness
from coprod_match.batch.delimited import open_delimited
from coprod_match.batch.records import open_json_lines, open_parquet
from coprod_match.batch.table import Sheet, Table, table_of
from coprod_match.batch.workbooks import open_workbook
from coprod_match.errors import DataError, Problem, RequestError

_START = 4096  # bytes from which the kind of a file is told
_ZIP, _OLD_EXCEL, _PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_TOO_MANY = 10  # where every tenth character of a text is none, it is no text
_OTHER_KINDS = {b"%PDF": "a PDF", b"{\\rtf": "a text document", b"\x1f\x8b": "a packed file", b"<": "a web page or XML"}


def read_table(path: Path, *, sheet: str | None = None, mapped: Iterable[str] = ()) -> Table:
    """The table of requests in a file. Its kind is told from what it holds, not from its name.

    `mapped` are columns that it is known to have. Raises DataError when it cannot be read, and RequestError when it
    is unclear which sheet is meant.
    """
    mapped = tuple(mapped)
    try:
        sheets = _sheets(path, sheet)
        return table_of(sheets[0], mapped) if len(sheets) == 1 else _only(path, sheets, mapped)
    except OSError as error:
        raise DataError([Problem(str(path), f"The file cannot be read: {error.strerror}.")]) from None


def _sheets(path: Path, sheet: str | None) -> list[Sheet]:
    with path.open("rb") as file:
        start = file.read(_START)
    if start.startswith((_ZIP, _OLD_EXCEL)):
        return open_workbook(path, packed=start.startswith(_ZIP), sheet=sheet)
    if sheet is not None:
        raise RequestError(f"{path.name} is no workbook: leave out --sheet.")
    if start.startswith(_PARQUET):
        return [open_parquet(path)]
    _refuse_other_kinds(path, start)
    return [open_json_lines(path) if _is_json(path, start) else open_delimited(path)]


def _is_json(path: Path, start: bytes) -> bool:
    return path.suffix.lower() in (".jsonl", ".ndjson") or start.lstrip(b"\xef\xbb\xbf \r\n").startswith(b'{"')


def _refuse_other_kinds(path: Path, start: bytes) -> None:
    kind = next((kind for mark, kind in _OTHER_KINDS.items() if start.lstrip().startswith(mark)), "")
    if not kind and start.count(b"\0") * _TOO_MANY > len(start) and not start.startswith(_UTF_16):
        kind = "a file of another kind"
    if kind:
        raise DataError([Problem(path.name, f"This is no sheet but {kind}.", "Save the rows as XLSX or CSV.")])
    if not start.strip():
        raise DataError([Problem(path.name, "The file is empty.", "Is it the right one?")])


def _only(path: Path, sheets: list[Sheet], mapped: tuple[str, ...]) -> Table:
    """The table of the one sheet whose columns look like those of requests."""
    tables = [table for item in sheets if (table := _table(item, mapped)) is not None]
    likely = [table for table in tables if any(name in mapped or likeness(name) for name in table.names)]
    if len(likely) == 1:
        return likely[0]
    listed = ", ".join(item.where.removeprefix(f"{path.name}, sheet ") for item in sheets)
    raise RequestError(f"It is unclear which sheet of {path.name} holds the requests. Say it with --sheet: {listed}.")


def _table(sheet: Sheet, mapped: tuple[str, ...]) -> Table | None:
    try:
        return table_of(sheet, mapped)
    except DataError:  # a blank sheet, or one of nothing but a heading
        return None
