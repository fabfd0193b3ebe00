"""A result in a terminal: in colour, wrapped to its width, side by side where it is wide."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from coprod_match.model.result import Recommendation, Result
from coprod_match.printable import clean
from coprod_match.render.cards import INDENT, Line, answer_lines, closing, opening
from coprod_match.render.text import print_wrapped
from coprod_match.render.wording import SORTS

WIDE = 120
"""From this many columns on, a table reads better than cards."""


def print_result(result: Result, console: Console, *, explain: bool = False) -> None:
    """Print an answer; with `explain`, the points of each entry too."""
    if console.width < WIDE or explain:
        _print_lines(answer_lines(result, explain=explain), console)
        return
    _print_lines(opening(result), console)
    for entry in result.recommendations:
        _print_wide(entry, console)
    _print_lines(closing(result), console)


def _print_lines(lines: Iterable[Line], console: Console) -> None:
    for line in lines:
        text = Text.assemble(*((clean(part), style) for part, style in line.parts))
        if line.whole:
            console.print(text, soft_wrap=True)
        else:
            print_wrapped(console, text, line.indent)


def _print_wide(entry: Recommendation, console: Console) -> None:
    """Name, what it is to the asker, and why, side by side; the address whole, on a line of its own."""
    row = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for ratio in (None, 4, 2, 7):
        row.add_column(ratio=ratio, min_width=3)
    why = Text(clean(" ".join(entry.reasons)))
    for caution in entry.cautions:
        why.append(f"\nPlease note: {clean(caution)}", style="yellow")
    name = Text(clean(entry.resource.name), style="bold")
    row.add_row(f"{entry.rank:>2}.", name, Text(SORTS[entry.sort], style="cyan"), why)
    console.print(row)
    console.print(Text(" " * (INDENT + 1) + clean(entry.resource.url), style="blue"), soft_wrap=True)
    console.print()
