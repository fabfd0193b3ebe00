"""Small helpers for printing text safely and readably."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from coprod_match.printable import clean

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")
_LABEL_WIDTH = 14


def escape_markdown(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return _SPECIAL.sub(r"\\\1", clean(text))


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV. No cell can act as a formula where a spreadsheet opens it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def _harmless(cell: object) -> object:
    """Text that begins as a formula does gets an apostrophe before it, which spreadsheets do not show."""
    if not isinstance(cell, str):
        return cell
    text = clean(cell)
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@")) else text


def print_wrapped(console: Console, text: Text, indent: int = 0) -> None:
    """Print text: wrapped in a terminal, later lines indented; in one line where it is piped."""
    text.plain = clean(text.plain)
    if not console.is_terminal:
        console.print(text, soft_wrap=True)
        return
    first, *rest = text.wrap(console, max(console.width - indent, 20))
    console.print(first, soft_wrap=True)
    for line in rest:
        console.print(Text(" " * indent) + line, soft_wrap=True)


def print_fields(title: str, fields: Iterable[tuple[str, str]], console: Console) -> None:
    """Print a heading and labelled lines; a label that repeats is printed once, empty values not at all."""
    print_wrapped(console, Text(title, style="bold"))
    last = ""
    for label, value in fields:
        if value:
            shown = "" if label == last else label
            print_wrapped(console, Text(f"  {shown:{_LABEL_WIDTH}}", style="dim") + Text(value), _LABEL_WIDTH + 2)
            last = label
