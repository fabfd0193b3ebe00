"""Which column of a sheet holds which part of a request, from what people call their columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Literal

from rapidfuzz import fuzz

from coprod_match.errors import RequestError
from coprod_match.nearest import did_you_mean, nearest
from coprod_match.printable import clean
from coprod_match.words import words

Part = Literal["role", "need", "theme", "place", "text"]
"""The parts of a request that a column can hold."""

_USUAL: dict[Part, tuple[str, ...]] = {
    "role": (
        *("role", "roles", "your role", "who are you", "who is asking", "sector", "your sector"),
        *(
            "which sector are you from",
            "what sector are you from",
            "what best describes you",
            "which best describes you",
        ),
        *("type of organisation", "organisation type", "i am a", "job title", "job role", "type of respondent"),
    ),
    "need": (
        *("need", "needs", "support type", "support types", "type of support", "type of help", "kind of help"),
        *("kind of support", "kinds of help", "what kind of help do you need", "what type of support do you need"),
        *("what sort of help", "support needed", "support required", "type of resource", "resource type"),
    ),
    "theme": (
        *("theme", "themes", "topic", "topics", "subject", "subjects", "area of interest", "areas of interest"),
        *("what is it about", "policy area", "area of work"),
    ),
    "place": (
        *("place", "places", "location", "council area", "council areas", "which council area are you in"),
        *("local council", "local authority", "district", "town", "county", "where", "where are you"),
        *("where are you based", "where do you live", "area", "your area", "region", "geographical area", "trust area"),
    ),
    "text": (
        *("text", "request", "your request", "what do you need help with", "what do you need", "what help do you need"),
        *("how can we help", "how can we help you", "please describe your need", "please describe what you need"),
        *("describe what you need", "in your own words", "what are you looking for", "what would help you"),
        *("what support do you need", "question", "your question", "enquiry", "query", "your query"),
    ),
}
"""What people call their columns, for each part."""

_LESS_USUAL: dict[Part, tuple[str, ...]] = {
    "role": ("job", "position", "occupation", "organisation", "group"),
    "need": ("support", "help"),
    "theme": ("category", "about"),
    "place": ("council", "trust", "address", "postcode", "city", "locality"),
    "text": (
        *("description", "details", "please describe", "please explain", "tell us more", "comments", "comment"),
        *("challenge", "problem", "issue", "message", "notes", "any other comments", "anything else"),
    ),
}
"""Names that hold a part where no other column is a better one."""

PLAIN = 1
"""The `likeness` up to which a name is hardly anything but the name of a column: a usual one, or a slip of the pen."""

_CLOSE = 86  # rapidfuzz's ratio, 0 to 100, from which a name is a slip of the pen
_TELLING = 2  # words that a usual name needs to be recognised within a longer one


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The names of the columns that hold each part of a request; several are read in their order."""

    role: tuple[str, ...] = ()
    need: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    text: tuple[str, ...] = ()

    def pairs(self) -> Iterator[tuple[Part, str]]:
        """Each part with the name of a column that holds it."""
        return ((part, name) for part in PARTS for name in getattr(self, part))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns that are read, each once."""
        return tuple(dict.fromkeys(name for _, name in self.pairs()))

    def __str__(self) -> str:
        """What was read as what, a line for each column."""
        return "\n".join(f"read “{clean(name)}” as {part}" for part, name in self.pairs())


PARTS: tuple[Part, ...] = tuple(field.name for field in fields(Columns))  # type: ignore[misc]
"""The names of the parts, in the order of `Columns`."""


def recognise(names: Sequence[str], given: Mapping[str, Sequence[str]] | None = None) -> Columns:
    """The columns of a sheet that hold each part of a request.

    `given` names columns outright, by part; a part with an empty list is read from no column. Raises RequestError,
    which lists the columns that were found, when a name in `given` is no column, when it is unclear which of several
    columns holds a part, and when no column says what is needed.
    """
    named = _named(names, given or {})
    taken = {name for found in named.values() for name in found}
    found = dict(named)
    for part in PARTS:
        if part not in named:
            found[part] = _best(part, [name for name in names if name not in taken], names)
    columns = replace(Columns(), **found)
    if not (columns.text or columns.need or columns.theme):
        raise RequestError(f"No column says what is needed. {_listed(names)} {_HOW}")
    return columns


def passed_over(names: Iterable[str], columns: Columns) -> Iterator[str]:
    """A line for each column that is not read, though its name says that it may hold a part of a request."""
    for name in names:
        seen = None if name in columns.names else likeness(name)
        if seen is not None:
            every = (*getattr(columns, seen[0]), name)
            how = " ".join(f'--map {seen[0]}="{clean(column)}"' for column in every)
            yield f"did not read “{clean(name)}”; to read it as {seen[0]} too: {how}"


def likeness(name: str) -> tuple[Part, int] | None:
    """The part that a column of that name holds, and how plainly it says so (0 the most); None when it says nothing."""
    spelt = " ".join(words(name))
    found = [(level, -length, part) for part in PARTS if (seen := _seen(part, spelt)) for level, length in [seen]]
    if not found:
        return None
    level, _, part = min(found)
    return part, level


def _seen(part: Part, spelt: str) -> tuple[int, int] | None:
    """How plainly a name says that it holds a part, and by how many letters."""
    usual, less_usual = _USUAL[part], _LESS_USUAL[part]
    if spelt in usual:
        return 0, len(spelt)
    if spelt and any(fuzz.ratio(spelt, name) >= _CLOSE for name in usual):
        return 1, len(spelt)
    within = [len(name) for name in usual if len(name.split()) >= _TELLING and f" {name} " in f" {spelt} "]
    if within:
        return 2, max(within)
    return (3, len(spelt)) if spelt in less_usual else None


def _best(part: Part, free: Iterable[str], names: Sequence[str]) -> tuple[str, ...]:
    """The one column that holds a part most plainly, or none."""
    levels = {name: seen[1] for name in free if (seen := likeness(name)) and seen[0] == part}
    best = [name for name, level in levels.items() if level == min(levels.values())]
    if len(best) > 1:
        either = " or ".join(f"“{clean(name)}”" for name in best)
        raise RequestError(
            f"It is unclear which column is the {part}: {either}. {_listed(names)} "
            f'Say which with --map, as in --map {part}="{clean(best[0])}".'
        )
    return tuple(best)


def _named(names: Sequence[str], given: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    for part in given:
        if part not in PARTS:
            raise RequestError(f"“{clean(part)}” is no part of a request. {did_you_mean(part, PARTS)}")
    return {part: tuple(_column(names, name) for name in chosen) for part, chosen in given.items()}


def _column(names: Sequence[str], given: str) -> str:
    """The column of that name, whatever its case, spaces and punctuation."""
    alike = [name for name in names if name == given] or [name for name in names if words(name) == words(given)]
    if not alike:
        guess = "".join(f" Did you mean “{clean(name)}”?" for name in nearest(given, names, limit=1))
        raise RequestError(f"There is no column “{clean(given)}”.{guess} {_listed(names)}")
    return alike[0]


def _listed(names: Sequence[str]) -> str:
    return f"The columns are: {', '.join(f'“{clean(name)}”' for name in names)}." if names else "There are no columns."


_HOW = 'Say which holds it with --map, as in --map text="Please describe".'
