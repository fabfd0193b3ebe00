"""Small helpers for printing text safely and readably."""

import csv
import io
import re
import textwrap
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from coprod_match.printable import acts_as_formula, clean

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
_LABEL_WIDTH = 14
_NARROWEST = 20  # columns below which nothing is wrapped any tighter


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
    return f"'{text}" if acts_as_formula(text) else text


def print_wrapped(console: Console, text: Text, indent: int = 0) -> None:
    """Print text: wrapped in a terminal, later lines indented, addresses whole; in one line where it is piped."""
    text.plain = clean(text.plain)
    lines = _wrapped(text, max(console.width, _NARROWEST), indent) if console.is_terminal else [text]
    for number, line in enumerate(lines):
        console.print(Text(" " * indent if number else "") + line, soft_wrap=True)


def _wrapped(text: Text, width: int, indent: int) -> list[Text]:
    """Lines of at most `width` columns, but for single words that are longer; later ones leave room for an indent."""
    first = " " * (len(text.plain) - len(text.plain.lstrip()))
    wrapper = textwrap.TextWrapper(width, first, " " * indent, break_long_words=False, break_on_hyphens=False)
    lines = wrapper.wrap(text.plain.lstrip())
    starts, position = [], 0
    for line in lines:
        position = text.plain.index(line.strip(), position)
        starts.append(position)
        position += len(line.strip())
    parts = list(text.divide(starts[1:])) or [text]
    for part in parts:
        part.rstrip()
    return parts


def print_fields(title: str, fields: Iterable[tuple[str, str]], console: Console) -> None:
    """Print a heading and labelled lines; a label that repeats is printed once, empty values not at all."""
    print_wrapped(console, Text(title, style="bold"))
    last = ""
    for label, value in fields:
        if value:
            shown = "" if label == last else label
            print_wrapped(console, Text(f"  {shown:{_LABEL_WIDTH}}", style="dim") + Text(value), _LABEL_WIDTH + 2)
            last = label
