"""Plain writing to standard output: as Unicode if it takes it, as plain letters if not."""

import sys
from typing import TextIO

_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "·": "|", "•": "*"})


def emit(text: str) -> None:
    """Write an answer for machines, just as it is."""
    sys.stdout.write(encodable(text, sys.stdout))


def emit_for_people(text: str) -> None:
    """Write an answer for people, with plain quotation marks and dashes where there are no others."""
    emit(text if knows_unicode() else text.translate(_PLAIN))


def knows_unicode(stream: TextIO | None = None) -> bool:
    """Whether a stream, standard output if none is named, takes every character."""
    encoding = (stream or sys.stdout).encoding or ""
    return encoding.lower().replace("-", "").startswith("utf")


def plain(text: str, stream: TextIO) -> str:
    """A text for people on a stream that knows fewer characters than we use."""
    return encodable(text.translate(_PLAIN), stream)


def encodable(text: str, stream: TextIO) -> str:
    """A text in which a question mark stands for each character that the stream cannot take."""
    encoding = stream.encoding or "ascii"
    return text.encode(encoding, "replace").decode(encoding)
