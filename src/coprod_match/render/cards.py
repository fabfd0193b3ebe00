"""A result for people to read: a table where the terminal is wide, else cards; whole lines where it is piped."""

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from coprod_match.engine.speech import Speech, listen
from coprod_match.model.result import Contribution, Facet, Recommendation, Result
from coprod_match.printable import clean
from coprod_match.render.text import print_wrapped
from coprod_match.render.wording import SORTS, heading, understood_line

WIDE = 120
"""From this many columns on, a table reads better than cards."""

_INDENT = 4
_FACETS: dict[Facet, str] = {
    "words": "word",
    "meaning": "meaning",
    "name": "named",
    "role": "who you are",
    "support_type": "kind of help",
    "theme": "theme",
    "place": "place",
}
_LEVEL_STYLES = {"strong": "bold green", "fair": "bold", "weak": "bold yellow", "none": "bold yellow"}


def print_result(result: Result, console: Console, *, explain: bool = False) -> None:
    """Print an answer: what was understood, the list with reasons, and a useful next step."""
    print_wrapped(console, Text(f"We understood: {understood_line(result, faint=explain)}", style="dim"))
    print_wrapped(console, Text(heading(result), style=_LEVEL_STYLES[result.confidence]))
    console.print()
    if console.is_terminal and console.width >= WIDE and not explain:
        _print_wide(result, console)
    else:
        asked = listen(" . ".join((*result.request.needs, *result.request.themes, result.request.text or "")))
        for entry in result.recommendations:
            _print_card(entry, console, asked, explain=explain)
    if result.advice:
        print_wrapped(console, Text(result.advice))


def shown(contributions: Sequence[Contribution]) -> Iterator[tuple[Contribution, str]]:
    """Each contribution with its points to four digits, rounded so that the column adds up to the rounded total."""
    total = before = 0.0
    for part in contributions:
        total += part.points
        after = round(total, 4)
        yield part, f"{after - before:.4f}"
        before = after


def _print_card(entry: Recommendation, console: Console, asked: Speech, *, explain: bool) -> None:
    resource = entry.resource
    title = (
        Text(f"{entry.rank:>2}. ") + Text(resource.name, style="bold") + Text(f" ({SORTS[entry.sort]})", style="cyan")
    )
    print_wrapped(console, title, _INDENT)
    print_wrapped(console, Text(" " * _INDENT + " ".join(entry.reasons)), _INDENT)
    for caution in entry.cautions:
        print_wrapped(console, Text(" " * _INDENT + f"Please note: {caution}", style="yellow"), _INDENT)
    console.print(Text(" " * _INDENT + clean(resource.url), style="blue"), soft_wrap=True)
    if explain:
        for part, points in shown(entry.contributions):
            feature = asked.quote(part.feature) if part.facet == "words" else part.feature
            console.print(Text(f"{'':{_INDENT}}{points:>9}  {_FACETS[part.facet]}: {clean(feature)}"), soft_wrap=True)
        console.print(Text(f"{'':{_INDENT}}{entry.score:>9.4f}  in all", style="bold"), soft_wrap=True)
    console.print()


def _print_wide(result: Result, console: Console) -> None:
    """Name, what it is to the asker, and why, side by side; the address whole, on a line of its own."""
    for entry in result.recommendations:
        row = Table.grid(padding=(0, 2, 0, 0), expand=True)
        for ratio in (None, 4, 2, 7):
            row.add_column(ratio=ratio, min_width=3)
        why = Text(clean(" ".join(entry.reasons)))
        for caution in entry.cautions:
            why.append(f"\nPlease note: {clean(caution)}", style="yellow")
        name = Text(clean(entry.resource.name), style="bold")
        row.add_row(f"{entry.rank:>2}.", name, Text(SORTS[entry.sort], style="cyan"), why)
        console.print(row)
        console.print(Text(" " * (_INDENT + 1) + clean(entry.resource.url), style="blue"), soft_wrap=True)
        console.print()
