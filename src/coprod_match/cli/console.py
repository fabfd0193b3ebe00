"""Consoles, for what is printed in colour: as Unicode if the terminal can, as plain letters if not."""

import io
import sys
from typing import TextIO

from rich.console import Console
from rich.text import Text

from coprod_match.cli.streams import knows_unicode, plain
from coprod_match.render.text import print_wrapped

_PIPED_WIDTH = 1000  # nothing is cut or wrapped on its way to a file or another program


class _PlainStream(io.TextIOBase):
    """Writes for people to a terminal that knows fewer characters than we use."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        self._stream.write(plain(text, self._stream))
        return len(text)

    def flush(self) -> None:
        self._stream.flush()

    def isatty(self) -> bool:
        return self._stream.isatty()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._stream.encoding


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the program what to do when the reader has seen enough."""
        raise BrokenPipeError


def output() -> Console:
    """For answers to people."""
    return _console(sys.stdout)


def errors_console() -> Console:
    """For errors, warnings and progress."""
    return _console(sys.stderr)


def say(text: str, *, style: str = "") -> None:
    """Tell people something beside the answers, line by line."""
    console = errors_console()
    for line in text.splitlines():
        print_wrapped(console, Text(line, style=style))


def _console(stream: TextIO) -> Console:
    file = stream if knows_unicode(stream) else _PlainStream(stream)
    width = None if stream.isatty() else _PIPED_WIDTH
    return _Console(file=file, highlight=False, markup=False, width=width)  # type: ignore[arg-type]
