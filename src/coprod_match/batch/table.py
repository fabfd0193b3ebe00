"""A table within a sheet: where its header is, what its columns are called, and its rows, blank ones passed over."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import median_low
from typing import Any, NamedTuple

from coprod_match.batch.cells import as_text
from coprod_match.batch.columns import PLAIN, likeness
from coprod_match.batch.match import Row
from coprod_match.errors import DataError, Problem
from coprod_match.words import words

_LOOKED_AT = 50  # rows at the top among which the header is sought
_MOST_COLUMNS = 16_384  # as many as a spreadsheet has


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet as its reader found it."""

    cells: Sequence[object]
    damage: str = ""
    """Why it cannot be read as it should, if so."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a sheet, which can be gone through again and again."""

    where: str
    """The file, and the sheet where it has several."""
    lines: Callable[[], Iterator[Line]]
    header: tuple[str, ...] | None = None
    """The names of the columns where the format says them; None where they stand in one of the lines."""
    schema: Any = None
    """The Arrow schema of the columns, where there is one."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows under a header."""

    where: str
    names: tuple[str, ...]
    """What the columns are called, each name once."""
    total: int
    """How many rows are not blank."""
    blank: int
    """How many rows between them are."""
    rows: Callable[[], Iterator[Row]]
    """Goes through the rows from the first one."""
    schema: Any = None
    """The Arrow schema of the columns, where the file has one."""
    header: int = 0
    """The number of the line that was taken for the header; 0 where the format says what the columns are called."""


def table_of(sheet: Sheet, mapped: Iterable[str] = ()) -> Table:
    """The table of a sheet, whose header is known to hold the names `mapped`. Raises DataError where there is none."""
    start, named = (0, sheet.header) if sheet.header is not None else _header(sheet, mapped)
    total, last, filled = _survey(sheet.lines(), start)
    if not total:
        hint = "Is the right sheet chosen, and does a header stand above the rows?"
        raise DataError([Problem(sheet.where, "There are no rows under the header.", hint)])
    columns = _columns(named, filled)
    if len(columns) > _MOST_COLUMNS:
        message = f"It has {len(columns):,} columns; a sheet can have {_MOST_COLUMNS:,}."
        raise DataError([Problem(sheet.where, message, "Save only the columns that are needed.")])

    def rows() -> Iterator[Row]:
        for number, line in enumerate(islice(sheet.lines(), start, None), start + 1):
            if not _is_blank(line):
                width = len(line.cells)
                cells = {name: line.cells[at] if at < width else None for name, at in columns.items()}
                yield Row(number, cells, line.damage)

    return Table(sheet.where, tuple(columns), total, last - start - total, rows, sheet.schema, start)


class _Look(NamedTuple):
    """How much a line looks like a header."""

    plain: int = 0
    """How many parts of a request its cells name as people usually do."""
    vague: int = 0
    """How many further parts its cells may name, in words that could as well be values: “help”, “council”."""
    broad: bool = False
    """Whether it is about as wide as most lines, and no title."""

    def outdoes(self, earlier: "_Look") -> bool:
        """Whether it is rather the header than an earlier line, which would then be passed over.

        A line as broad as the rows is no title, so one that names anything is passed over for plainer names only.
        """
        settled = earlier.broad and earlier.plain + earlier.vague > 0
        return self._points > earlier._points and (self.plain > earlier.plain or not settled)

    @property
    def _points(self) -> int:
        return 2 * self.plain + self.vague + self.broad


def _header(sheet: Sheet, mapped: Iterable[str]) -> tuple[int, tuple[object, ...]]:
    """How many lines end with the header, and its cells: the first line that looks most like one."""
    known = {tuple(words(name)) for name in mapped}
    lines = list(islice(sheet.lines(), _LOOKED_AT))
    usual = median_low([width for line in lines if (width := _filled(line))] or [0])
    best, best_look = 0, _Look()
    for position, line in enumerate(lines):
        look = _look(line, known, usual)
        if look.outdoes(best_look):
            best, best_look = position, look
    if not lines or not _filled(lines[best]):
        raise DataError([Problem(sheet.where, "The sheet is empty.", "Is the right file or sheet chosen?")])
    for line in lines[: best + 1]:
        if line.damage:  # rows may be hidden in it, even the header
            raise DataError([Problem(sheet.where, line.damage, "It stands in or above the header: mend it first.")])
    return best + 1, tuple(lines[best].cells)


def _look(line: Line, known: Container[tuple[str, ...]], usual: int) -> _Look:
    """How much a line looks like a header, where `known` are names of columns and most lines have `usual` cells."""
    plain, vague = set[object](), set[object]()
    for text in filter(None, map(as_text, line.cells)):
        if (spelt := tuple(words(text))) in known:
            plain.add(spelt)
        elif seen := likeness(text):
            (plain if seen[1] <= PLAIN else vague).add(seen[0])
    return _Look(len(plain), len(vague - plain), _filled(line) * 2 > usual)


def _filled(line: Line) -> int:
    return sum(not _nothing(cell) for cell in line.cells)


def _survey(lines: Iterator[Line], start: int) -> tuple[int, int, set[int]]:
    """How many lines after the header are not blank, the number of the last of them, and which columns are filled."""
    total = last = 0
    filled: set[int] = set()
    for number, line in enumerate(islice(lines, start, None), start + 1):
        if not _is_blank(line):
            total, last = total + 1, number
            if len(line.cells) > len(filled) or not filled.issuperset(range(len(line.cells))):
                filled.update(at for at, cell in enumerate(line.cells) if not _nothing(cell))
    return total, last or start, filled


def _columns(named: Sequence[object], filled: Iterable[int]) -> dict[str, int]:
    """Where each column is, by a name of its own; what has neither a name nor a cell is left out."""
    places = sorted({at for at, name in enumerate(named) if not _nothing(name)} | set(filled))
    titles = [_title(named, at) for at in places]
    taken, seen = set(titles), Counter[str]()
    columns: dict[str, int] = {}
    for title, at in zip(titles, places, strict=True):
        name = title
        while seen[title] and name in taken:
            seen[title] += 1
            name = f"{title} ({seen[title]})"
        seen[title] += not seen[title]
        taken.add(name)
        columns[name] = at
    return columns


def _title(named: Sequence[object], at: int) -> str:
    cell = named[at] if at < len(named) else None
    if _nothing(cell):
        return f"Column {_letters(at)}"
    return cell if isinstance(cell, str) else as_text(cell)


def _letters(at: int) -> str:
    """What a spreadsheet calls the column at a position: A, B, ... Z, AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _is_blank(line: Line) -> bool:
    return not line.damage and all(map(_nothing, line.cells))


def _nothing(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and (not cell or cell.isspace()))
