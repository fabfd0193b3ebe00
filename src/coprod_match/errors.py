"""Every error that coprod-match raises on purpose, and the problems they carry.

CoprodMatchError
├── DataError           a data file cannot be used; holds every problem found in it
└── RequestError        a request cannot be answered as it was given
    └── UnknownTermError    a value names no term of the taxonomy
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from coprod_match.printable import clean


class Problem(NamedTuple):
    """One thing wrong in a data file: where, what, and what to do about it."""

    where: str
    """File, line and column, as in `resources.yaml:12:5`, so that an editor can jump there."""
    message: str
    """What was given and what is allowed."""
    hint: str = ""
    """What to do: usually the nearest guess."""
    level: Literal["error", "warning"] = "error"
    """An error stops the file from being used; a warning does not."""

    def __str__(self) -> str:
        return clean(f"{self.where}: {self.message}" + (f" {self.hint}" if self.hint else ""))


class CoprodMatchError(Exception):
    """The base of every error raised on purpose; its text is meant for the person who asked."""


class DataError(CoprodMatchError):
    """A data file cannot be used; `problems` lists all that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type["DataError"], tuple[Sequence[Problem]]]:
        return DataError, (self.problems,)  # an error may have to travel from another process


class RequestError(CoprodMatchError):
    """A request cannot be answered as it was given."""


_LISTED = 25  # more terms than this are only listed when there is no guess


class UnknownTermError(RequestError):
    """A value names no term of the taxonomy.

    `field` is the part of the request, `value` what was given, `nearest` the ids of the terms
    that come closest (perhaps none), `allowed` the ids of all.
    """

    def __init__(self, field: str, value: str, nearest: Sequence[str], allowed: Sequence[str]) -> None:
        self.field, self.value, self.nearest, self.allowed = field, value, tuple(nearest), tuple(allowed)
        guess = f" Did you mean {_or(nearest)}?" if nearest else ""
        listed = bool(allowed) and (not nearest or len(allowed) <= _LISTED)
        choices = f" You can use: {', '.join(allowed)}." if listed else ""
        super().__init__(f"{field}: “{clean(value)}” is not one that we know.{guess}{choices}")

    def __reduce__(self) -> tuple[type["UnknownTermError"], tuple[str, str, Sequence[str], Sequence[str]]]:
        return UnknownTermError, (self.field, self.value, self.nearest, self.allowed)


def _or(words: Sequence[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
