"""Where the command line prints to: as Unicode if the terminal can, as plain letters if not."""

import io
import sys
from typing import TextIO

from rich.console import Console

_PLAIN = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "·": "|", "•": "*", "£": "GBP "}
)


class _PlainStream(io.TextIOBase):
    """Writes to a terminal that knows fewer characters than we use."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        encoding = self._stream.encoding or "ascii"
        self._stream.write(text.translate(_PLAIN).encode(encoding, "replace").decode(encoding))
        return len(text)

    def flush(self) -> None:
        self._stream.flush()

    def isatty(self) -> bool:
        return self._stream.isatty()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._stream.encoding


def output() -> Console:
    """For answers."""
    return _console(sys.stdout)


def errors_console() -> Console:
    """For errors, warnings and progress."""
    return _console(sys.stderr)


def _console(stream: TextIO) -> Console:
    unicode = (stream.encoding or "").lower().replace("-", "").startswith("utf")
    return Console(file=stream if unicode else _PlainStream(stream), highlight=False, markup=False)  # type: ignore[arg-type]
