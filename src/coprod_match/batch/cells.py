"""From the cells of a row to a request: text of any cell, several values in one, and what cannot be read."""

import datetime
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from coprod_match.batch.columns import Columns, Part
from coprod_match.engine.resolve import Labels
from coprod_match.engine.speech import listen
from coprod_match.errors import RequestError, UnknownTermError
from coprod_match.matcher import Matcher
from coprod_match.model.request import Filters, Request
from coprod_match.model.taxonomy import Role
from coprod_match.printable import clean
from coprod_match.words import words

_SCHEMES: dict[Part, tuple[str, ...]] = {
    "role": ("roles",),
    "need": ("support_types", "themes"),
    "theme": ("themes", "support_types"),
    "place": ("places",),
}
_SINGLE: tuple[Part, ...] = ("role", "place")
"""The parts of which a request has only one."""

_NOTHING = frozenset(
    (
        *("na", "n a", "none", "nil", "no", "nothing", "other", "not sure", "unsure", "dont know", "unknown"),
        *("not applicable", "prefer not to say", "null", "nan", "tbc"),
    )
)
"""What people write into a cell that they leave empty."""

_BREAKS = re.compile(r"[;\n\r\v\t|•]+")  # always between two values
_UNTICKED = re.compile(r"^\s*(?:☐|□|\[\s?\])")
_BULLET = re.compile(r"^\s*(?:[☑☒✓✔✅\-–*·]|\[[xX✓]\]|\d{1,2}[.)]\s)\s*")
_ODD_SPACES = re.compile(r"[\u00a0\u2007\u202f]")
_INVISIBLE = re.compile(r"[\u200b\u200e\u200f\u2060\ufeff\u00ad]")
_REMEMBERED = 4096  # different cells of one part whose reading is kept
_QUOTED = 60  # letters of a cell that are quoted


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a row cannot be answered, and what to do about it."""

    problem: str
    what_to_do: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The request of a row, and what was read otherwise than it stands."""

    request: Request
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Values:
    """What one cell gives: values that can be used, and the trouble with others."""

    good: tuple[str, ...] = ()
    trouble: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = ()


class CellReader:
    """Reads rows of one sheet."""

    def __init__(self, matcher: Matcher, columns: Columns, filters: Filters | None = None) -> None:
        self._matcher, self._columns, self._filters = matcher, columns, filters or Filters()
        self._labels = Labels(matcher.taxonomy, matcher.models.labels)
        self._values = lru_cache(_REMEMBERED)(self._read_values)

    def read(self, cells: Mapping[str, object]) -> Asked | Unread:
        """The request that a row makes.

        A value that names no term is left out, with a note, where the rest of the row still says what is needed;
        otherwise the row cannot be answered.
        """
        text = "\n".join(part for name in self._columns.text if (part := as_text(cells.get(name))) and not _empty(part))
        values = {part: self._part(part, cells) for part in _SCHEMES}
        good = {
            part: tuple(dict.fromkeys(value for item in found for value in item.good)) for part, found in values.items()
        }
        cell_values = [item for found in values.values() for item in found]
        trouble = [unread for item in cell_values for unread in item.trouble]
        if trouble and not (words(text) or good["need"] or good["theme"]):
            return Unread(" ".join(item.problem for item in trouble), " ".join(item.what_to_do for item in trouble))
        if not words(text) and not any(good.values()):
            return self._blank()
        notes = [note for item in cell_values for note in item.notes]
        return self._asked(good, text, notes + [f"{item.problem} It was left out." for item in trouble])

    def _part(self, part: Part, cells: Mapping[str, object]) -> list[_Values]:
        return [self._values(part, as_text(cells.get(name)), name) for name in getattr(self._columns, part)]

    def _asked(self, found: Mapping[Part, tuple[str, ...]], text: str, notes: list[str]) -> Asked:
        for part in _SINGLE:
            if len(found[part]) > 1:
                rest = ", ".join(found[part][1:])
                notes.append(f"{part}: only “{clean(found[part][0])}” was used, not “{clean(rest)}”.")
        request = Request(
            role=next(iter(found["role"]), None),
            needs=found["need"],
            themes=found["theme"],
            place=next(iter(found["place"]), None),
            text=text or None,
            filters=self._filters,
        )
        return Asked(request, tuple(notes))

    def _blank(self) -> Unread:
        read = ", ".join(f"“{clean(name)}”" for name in self._columns.names)
        return Unread("The row does not say what is needed.", f"Fill in at least one of {read}.")

    def _read_values(self, part: Part, cell: str, column: str) -> _Values:
        """What one cell gives for a part."""
        if _empty(cell):
            return _Values()
        if self._is_label(part, cell):
            return _Values((cell,))
        values = list(self._split(part, cell))
        known = [value for value in values if self._is_known(part, value)]
        if part in _SINGLE:
            if not known and (role := self._role_of_sector(part, cell)):
                return _Values((role.id,), notes=(f"role: “{clean(cell)}” was read as “{role.prefLabel}”.",))
            # “I work for a council”, “12 High Street, Omagh”
            known = known or [mention.said for mention in self._labels.within(_SCHEMES[part][0], listen(cell))]
            values = known or [cell]
        trouble = {value: self._trouble(part, value, column) for value in values if value not in known}
        good = [value for value in values if value in known or trouble[value] is None]
        return _Values(_different(good), tuple(unread for unread in trouble.values() if unread is not None))

    def _role_of_sector(self, part: Part, cell: str) -> Role | None:
        """The first role of the sector that a cell names, where a role was asked for."""
        sector = self._labels.read("sectors", cell) if part == "role" else None
        roles = self._matcher.taxonomy.roles
        return next((role for role in roles if sector is not None and role.sector == sector.term.id), None)

    def _is_known(self, part: Part, value: str) -> bool:
        return any(self._labels.read(scheme, value) is not None for scheme in _SCHEMES[part])

    def _split(self, part: Part, cell: str) -> Iterator[str]:
        """The values of a cell. A comma divides only what it joins: not a sentence, nor a name that holds one."""
        for line in _BREAKS.split(cell):
            piece = _BULLET.sub("", line).strip()
            if _UNTICKED.match(line) or _empty(piece):
                continue
            pieces = [value for value in self._at_commas(part, piece) if not _empty(value)]
            known = [value for value in pieces if self._is_known(part, value)]
            yield from pieces if known else [piece]

    def _at_commas(self, part: Part, piece: str) -> Iterator[str]:
        """The parts of a text between commas; those that together are one label stay together."""
        parts = [value.strip() for value in piece.split(",")]
        start = 0
        while start < len(parts):
            ends = range(len(parts), start + 1, -1)
            end = next((end for end in ends if self._is_label(part, ", ".join(parts[start:end]))), start + 1)
            yield ", ".join(parts[start:end])
            start = end

    def _is_label(self, part: Part, value: str) -> bool:
        return any(self._labels.exact(scheme, value) is not None for scheme in _SCHEMES[part])

    def _trouble(self, part: Part, value: str, column: str) -> Unread | None:
        """Why the matcher would refuse a value; None when it takes it, as it does with a sentence."""
        given = Request(
            role=value if part == "role" else None,
            needs=(value,) if part == "need" else (),
            themes=(value,) if part == "theme" else (),
            place=value if part == "place" else None,
        )
        try:
            next(self._matcher.recommend_many([given], top=1))
        except UnknownTermError as error:
            return _unknown(error, column)
        except RequestError as error:
            return refused(error)
        return None


def refused(error: RequestError) -> Unread:
    """A request that the matcher does not take, in words for whoever keeps the sheet."""
    return Unread(str(error), "Change the row and match it again.")


def as_text(value: object) -> str:
    """A cell as a person would say it: no needless decimals, dates as YYYY-MM-DD, several values on lines."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(value, list | tuple):
        return "\n".join(filter(None, map(as_text, value)))
    if isinstance(value, Mapping):
        return "\n".join(f"{key}: {as_text(item)}" for key, item in value.items())
    return _INVISIBLE.sub("", _ODD_SPACES.sub(" ", str(value))).strip()


def _different(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _empty(text: str) -> bool:
    spoken = " ".join(words(text)) if len(text) < _QUOTED else text
    return not spoken or spoken in _NOTHING


def _unknown(error: UnknownTermError, column: str) -> Unread:
    value = clean(error.value[:_QUOTED])
    guess = f"Did you mean {' or '.join(error.nearest)}? " if error.nearest else ""
    return Unread(
        f"{error.field}: “{value}” in column “{clean(column)}” is not one that we know.",
        f"{guess}You can use: {', '.join(error.allowed)}.",
    )
