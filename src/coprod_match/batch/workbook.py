"""Writing the workbook that an adviser acts on, row by row, so that memory does not grow with it."""

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from coprod_match.batch.demand import FACETS, Demand, Line
from coprod_match.batch.match import Entry, Outcome
from coprod_match.batch.table import Table
from coprod_match.batch.values import Plain, for_workbook
from coprod_match.batch.writers import About, Pairs
from coprod_match.printable import acts_as_formula
from coprod_match.render.wording import LEVELS, SORTS

MAX_ROWS = 1_048_576
"""Rows that a sheet can have, its header among them."""
NAMED = 3
"""Sources of each request that *By request* names."""

_MOST_LINKS = 65_530  # links that Excel opens in one sheet; those after them are plain text
_LONGEST_LINK = 2_079  # letters
_LEAST_SERVED = 50  # combinations that the sheet Demand shows
_CHARTED = 20  # kinds of help in the chart
_NARROW, _USUAL, _WIDE = 10, 24, 60
_CREATED = datetime.datetime(2000, 1, 1)  # the same run gives the same bytes
_NOT_OURS = "Not something that this service can help with"
_SERVED = ("Asked", "Served well", "Served weakly", "Not served")


class WorkbookWriter:
    """Sheets: Matches, By request, Needs attention, Demand, About.

    The columns of the requests stand in *By request* and *Needs attention*, where each row comes once; those that were
    `read` stand in *Matches* too.
    """

    def __init__(self, path: Path, table: Table, read: Sequence[str]) -> None:
        self._names, self._read = table.names, [table.names.index(name) for name in read]
        self._book = Workbook(
            str(path), {"constant_memory": True, "tmpdir": str(path.parent), "default_date_format": "yyyy-mm-dd hh:mm"}
        )
        self._book.use_zip64()
        self._book.set_properties({"created": _CREATED, "title": "Requests matched with sources of help"})
        row, own = ("Row", _NARROW), [(name, _USUAL) for name in table.names]
        self._matches = _Page(self._book, "Matches", [row, *(own[at] for at in self._read), *_MATCH_COLUMNS])
        self._requests = _Page(self._book, "By request", [row, *own, *_REQUEST_COLUMNS])
        self._attention = _Page(self._book, "Needs attention", [row, *own, ("Why", _WIDE), ("What to do", _WIDE)])

    def write(self, pairs: Pairs) -> None:
        """Write a chunk."""
        for row, outcome in pairs:
            own = [for_workbook(row.cells[name]) for name in self._names]
            if outcome.status == "needs_attention":
                self._attention.add([row.number, *own, for_workbook(outcome.problem), outcome.what_to_do])
                continue
            self._requests.add([row.number, *own, *_request_cells(outcome)])
            asked = [row.number, *(own[at] for at in self._read)]
            for entry in outcome.entries:
                self._matches.add([*asked, *_match_cells(entry)])

    def finish(self, demand: Demand, about: About) -> None:
        """Write Demand and About, and close."""
        for page in (self._matches, self._requests, self._attention):
            page.finish()
        _write_demand(self._book, demand)
        facts = _Page(self._book, "About", [("About this workbook", _USUAL), ("", _WIDE)])
        for fact in about:
            facts.add(fact)
        try:
            self._book.close()
        except FileCreateError as error:
            raise error.args[0] from None  # the OSError behind it

    def abandon(self) -> None:
        """Close without more writing."""
        for sheet in self._book.worksheets():
            sheet.row_data_fh.close()


class _Link(str):
    """An address that opens when it is clicked."""


_MATCH_COLUMNS = (
    *(("Rank", _NARROW), ("Source", _WIDE), ("What it is", _USUAL), ("Who runs it", _USUAL), ("Link", _USUAL)),
    *(("Why", _WIDE), ("Please note", _WIDE), ("Chance that it is useful", _NARROW), ("Source id", _USUAL)),
)


def _match_cells(entry: Entry) -> Sequence[Plain]:
    return (
        *(entry.rank, entry.name, SORTS[entry.sort], entry.provider, _Link(entry.url)),  # type: ignore[index]
        *(entry.reasons, entry.cautions, entry.chance, entry.id),
    )


_REQUEST_COLUMNS = (
    *(("How good the answer is", _USUAL), ("What we understood", _WIDE)),
    *((f"Suggestion {rank}", _WIDE) for rank in range(1, NAMED + 1)),
    *(("If none of them fits", _WIDE), ("Read otherwise than written", _USUAL), ("Same request as row", _NARROW)),
)


def _request_cells(outcome: Outcome) -> Sequence[Plain]:
    level = LEVELS[outcome.confidence] if outcome.in_scope else _NOT_OURS  # type: ignore[index]
    suggestions = [f"{entry.name}. {entry.reasons} {entry.url}" for entry in outcome.entries[:NAMED]]
    return (
        *(level, for_workbook(outcome.understood)),
        *(suggestions + [None] * (NAMED - len(suggestions))),
        *(outcome.advice, for_workbook(outcome.notes), outcome.duplicate_of),
    )


class _Page:
    """One sheet that is filled from the top: a header that stays in view, filters, widths."""

    def __init__(self, book: Any, name: str, columns: Sequence[tuple[str, int]]) -> None:
        self._sheet = book.add_worksheet(name)
        self._columns, self.rows, self._links = len(columns), 0, 0
        self._guarded = book.add_format({"quote_prefix": True})
        self._link = book.add_format({"font_color": "#0563C1", "underline": 1})
        self._formats = {kind: book.add_format({"num_format": shown}) for kind, shown in _SHOWN.items()}
        for position, (_, width) in enumerate(columns):
            self._sheet.set_column(position, position, width)
        self._sheet.freeze_panes(1, 1)
        header = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.add([for_workbook(title) for title, _ in columns], header)

    def add(self, cells: Iterable[Plain], style: Any = None) -> None:
        """Write the next row."""
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                if cell:
                    self._put_text(column, cell, style)
            elif isinstance(cell, bool):
                self._sheet.write_boolean(self.rows, column, cell)
            elif isinstance(cell, int | float):
                self._sheet.write_number(self.rows, column, cell)
            elif cell is not None:
                self._sheet.write_datetime(self.rows, column, cell, self._formats[type(cell)])
        self.rows += 1

    def finish(self) -> None:
        """Let the rows be filtered."""
        self._sheet.autofilter(0, 0, max(self.rows - 1, 1), self._columns - 1)

    def chart(self, chart: Any, row: int, column: int) -> None:
        """Put a chart beside the rows."""
        self._sheet.insert_chart(row, column, chart)

    def _put_text(self, column: int, text: str, style: Any) -> None:
        """Write text: as text whatever it looks like, and so that it stays text when somebody edits it."""
        if type(text) is _Link and self._links < _MOST_LINKS and len(text) <= _LONGEST_LINK:
            self._links += 1
            self._sheet.write_url(self.rows, column, text, self._link)
            return
        guarded = self._guarded if acts_as_formula(text) else None
        self._sheet.write_string(self.rows, column, text, style or guarded)


_SHOWN: dict[type, str] = {
    datetime.datetime: "yyyy-mm-dd hh:mm:ss",
    datetime.date: "yyyy-mm-dd",
    datetime.time: "hh:mm:ss",
    datetime.timedelta: "[h]:mm:ss",
}


def _write_demand(book: Any, demand: Demand) -> None:
    titles = [*FACETS.values(), *_SERVED]
    page = _Page(book, "Demand", [(title, _USUAL) for title in titles])
    for line in demand.combinations()[:_LEAST_SERVED]:
        page.add([*line.what, *_counts(line)])
    header = book.add_format({"bold": True, "bottom": 1})
    page.add([])
    page.add(["What was asked", "", "", "", *_SERVED], header)
    first = page.rows
    terms = list(demand.terms())
    for line in terms:
        page.add([*line.what, "", "", *_counts(line)])
    kinds = [(at, line) for at, line in enumerate(terms, first) if line.what[0] == FACETS["support_type"]][:_CHARTED]
    if kinds:
        page.chart(_chart(book, kinds[0][0], [line for _, line in kinds]), 1, len(titles) + 1)


def _counts(line: Line) -> tuple[int, int, int, int]:
    return line.asked, line.well, line.weakly, line.not_at_all


def _chart(book: Any, first: int, lines: Sequence[Line]) -> Any:
    """Bars of the kinds of help that were asked for, which stand from row `first` on, by how well they were served."""
    chart, last = book.add_chart({"type": "bar", "subtype": "stacked"}), first + len(lines) - 1
    for place, colour in enumerate(("#2E7D32", "#F9A825", "#C62828"), start=1):
        column = len(FACETS) + place
        chart.add_series(
            {
                "name": _SERVED[place],
                "categories": ["Demand", first, 1, last, 1],
                "values": ["Demand", first, column, last, column],
                # a workbook that is written row by row cannot look its own cells up
                "categories_data": [line.what[1] for line in lines],
                "values_data": [_counts(line)[place] for line in lines],
                "fill": {"color": colour},
            }
        )
    chart.set_title({"name": "Kinds of help that were asked for"})
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 720, "height": 480})
    return chart
