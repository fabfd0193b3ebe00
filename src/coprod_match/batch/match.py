"""Rows in, outcomes out: the one way from a row to what it gets, whatever sheet, frame or cluster it comes from."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Literal, NamedTuple

from coprod_match.batch.cells import Asked, CellReader, Unread, refused
from coprod_match.batch.columns import Columns
from coprod_match.errors import RequestError
from coprod_match.matcher import Matcher
from coprod_match.model.request import Filters, Request
from coprod_match.model.result import Recommendation, Result, Understood
from coprod_match.render.wording import understood_line

Status = Literal["matched", "nothing_fits", "needs_attention"]
"""What became of a row: sources were found, the catalogue has none that is good enough, or it could not be read."""

PlainType = Literal["string", "int64", "double"]

OUTCOME_COLUMNS: Mapping[str, PlainType] = MappingProxyType(
    {
        "row_number": "int64",
        "status": "string",
        "problem": "string",
        "what_to_do": "string",
        "notes": "string",
        "duplicate_of": "int64",
        "understood": "string",
        "confidence": "string",
        "rank": "int64",
        "id": "string",
        "name": "string",
        "kind": "string",
        "sort": "string",
        "provider": "string",
        "url": "string",
        "reasons": "string",
        "cautions": "string",
        "score": "double",
        "chance": "double",
        "advice": "string",
    }
)
"""What is added to the columns of a sheet, in this order, and the type of each. Any but the first two may be empty."""

ROW_NUMBER = "row_number"
FIRST_ROW = 2
"""The number of the first row under a header, as a spreadsheet counts."""

_IN_HAND = 256  # requests that are matched together
_KEY_BYTES = 16
_SURE = 0.5  # how sure we must be that something was asked for to count it

Cell = str | int | float | None
"""What an outcome column can hold."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet: the number that its reader knows it by, and its cells by column."""

    number: int
    cells: Mapping[str, object]
    damage: str = ""
    """Why its cells are not what was meant, if so; such a row is not matched."""


class Entry(NamedTuple):
    """One recommendation, in plain values; see `Recommendation`."""

    rank: int
    id: str
    name: str
    kind: str
    sort: str
    provider: str
    url: str
    reasons: str
    cautions: str
    score: float
    chance: float


class Outcome(NamedTuple):
    """What became of one row, in plain values, which can be kept as JSON and sent to another process."""

    number: int
    status: Status
    key: str | None = None
    """Equal for rows that ask the same; None when the row could not be read."""
    duplicate_of: int | None = None
    """The number of the first row that asks the same, if that is another."""
    problem: str | None = None
    """Why the row needs attention, if it does."""
    what_to_do: str | None = None
    notes: str | None = None
    """What was read otherwise than it stands."""
    in_scope: bool = True
    understood: str | None = None
    confidence: str | None = None
    advice: str | None = None
    asked: tuple[tuple[str, str], ...] = ()
    """What it asked for: facets and the names of terms, the surest of a facet first."""
    entries: tuple[Entry, ...] = ()

    def records(self) -> Iterator[dict[str, Cell]]:
        """The outcome in long form, as OUTCOME_COLUMNS: one record a recommendation, or one where there is none."""
        common: dict[str, Cell] = dict.fromkeys(OUTCOME_COLUMNS)
        common["row_number"] = self.number
        for name in _COMMON:
            common[name] = getattr(self, name)
        if not self.entries:
            yield common
        for entry in self.entries:
            yield common | dict(zip(_OF_ENTRY, (value if value != "" else None for value in entry), strict=True))


_COMMON = tuple(name for name in OUTCOME_COLUMNS if name in Outcome._fields)
_OF_ENTRY = Entry._fields

FirstOf = Callable[[str, int], int]
"""Given the key of a request and the number of its row, the number of the first row with that key."""


def match_rows(
    rows: Iterable[Row],
    columns: Columns,
    matcher: Matcher,
    *,
    top: int = 5,
    filters: Filters | None = None,
    first_of: FirstOf | None = None,
) -> Iterator[Outcome]:
    """The outcome of each row, in their order, a few hundred rows at a time.

    A row that cannot be answered gets an outcome that says why. `first_of` knows the rows that came before; without
    it, duplicates are marked among these rows, which takes memory for each of them.
    """
    reader = CellReader(matcher, columns, filters)
    first: FirstOf = first_of or dict[str, int]().setdefault
    waiting = iter(rows)
    while hand := list(islice(waiting, _IN_HAND)):
        read = [(row.number, _read(row, reader)) for row in hand]
        asked = {item.key: item.asked.request for _, item in read if isinstance(item, _Keyed)}
        answers = _answers(matcher, asked, top)
        for number, item in read:
            yield _outcome(number, item, answers, first)


def key_of(request: Request) -> str:
    """A short text that is equal for requests that ask the same, and says nothing of what they ask."""
    parts = (request.role, request.needs, request.themes, request.place, request.text, request.without)
    return hashlib.blake2b(repr(parts).encode("utf-8", "replace"), digest_size=_KEY_BYTES).hexdigest()


def outcome_names(names: Iterable[str]) -> dict[str, str]:
    """What each outcome column is called beside columns of these names: its own name, marked where that is taken."""
    taken = {name.casefold() for name in names}  # many programs take “Name” and “name” for one
    found: dict[str, str] = {}
    for name in OUTCOME_COLUMNS:
        free = name
        while free in taken:
            free += " (match)"
        taken.add(free)
        found[name] = free
    return found


class _Keyed(NamedTuple):
    """The request of a row, and its key."""

    key: str
    asked: Asked


def _read(row: Row, reader: CellReader) -> _Keyed | Unread:
    if row.damage:
        return Unread(row.damage, "Mend the row and match it again.")
    item = reader.read(row.cells)
    return _Keyed(key_of(item.request), item) if isinstance(item, Asked) else item


def _answers(matcher: Matcher, asked: Mapping[str, Request], top: int) -> dict[str, Result | Unread]:
    """The answer to each request, by its key; answers come up to the first request that is refused."""
    keys, answers = list(asked), dict[str, Result | Unread]()
    while left := keys[len(answers) :]:
        try:
            answers.update(zip(left, matcher.recommend_many([asked[key] for key in left], top=top), strict=True))
        except RequestError as error:
            answers[keys[len(answers)]] = refused(error)
    return answers


def _outcome(number: int, item: _Keyed | Unread, answers: Mapping[str, Result | Unread], first: FirstOf) -> Outcome:
    if isinstance(item, Unread):
        return _attention(number, item)
    answer = answers[item.key]
    if isinstance(answer, Unread):
        return _attention(number, answer)
    earliest = first(item.key, number)
    return Outcome(
        number=number,
        status="matched" if answer.recommendations else "nothing_fits",
        key=item.key,
        duplicate_of=earliest if earliest != number else None,
        notes=" ".join(item.asked.notes) or None,
        in_scope=answer.in_scope,
        understood=understood_line(answer),
        confidence=answer.confidence,
        advice=" ".join(filter(None, (answer.notice, answer.advice))) or None,
        asked=tuple((part.facet, part.label) for part in answer.understood if _was_asked(part)),
        entries=tuple(map(_entry, answer.recommendations)),
    )


def _was_asked(part: Understood) -> bool:
    return part.confidence >= _SURE and bool(part.said)


def _attention(number: int, unread: Unread) -> Outcome:
    return Outcome(number, "needs_attention", problem=unread.problem, what_to_do=unread.what_to_do)


def _entry(found: Recommendation) -> Entry:
    resource = found.resource
    return Entry(
        rank=found.rank,
        id=resource.id,
        name=resource.name,
        kind=resource.kind,
        sort=found.sort,
        provider=resource.provider,
        url=resource.url,
        reasons=" ".join(found.reasons),
        cautions=" ".join(found.cautions),
        score=found.score,
        chance=round(found.chance, 2),
    )
