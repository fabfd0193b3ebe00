"""Small helpers for printing text safely and readably."""

import re
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")
_LABEL_WIDTH = 14


def clean(text: str) -> str:
    """Text without control characters, which could move the cursor or hide what stands before them."""
    return "".join(char if char.isprintable() else " " for char in text)


def escape_markdown(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return _SPECIAL.sub(r"\\\1", clean(text))


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
