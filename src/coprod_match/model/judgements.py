"""Judged requests: what people asked, and how useful a skilled adviser finds each source for it."""

from typing import Literal

from msgspec import Struct, field


class Facets(Struct, frozen=True, kw_only=True):
    """What a skilled adviser would understand by a request."""

    support_types: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


class JudgedRequest(Struct, frozen=True, kw_only=True):
    """One request in its asker's own words, with graded sources."""

    id: str
    role: str | None = None
    place: str | None = None
    text: str
    in_scope: bool
    """Whether the service should answer it at all."""
    facets: Facets = field(default_factory=Facets)
    grades: dict[str, Literal[0, 1, 2, 3]] = field(default_factory=dict)
    """Source id → 3 one of the first to name, 2 clearly useful, 1 loosely useful, 0 not useful; others are unjudged."""
    source: str | None = None
    """Where the need was expressed."""


class Judgements(Struct, frozen=True, kw_only=True):
    """A yardstick for rankings."""

    requests: tuple[JudgedRequest, ...]

    @property
    def in_scope(self) -> tuple[JudgedRequest, ...]:
        """The requests that should be answered."""
        return tuple(request for request in self.requests if request.in_scope)

    @property
    def out_of_scope(self) -> tuple[JudgedRequest, ...]:
        """The requests that should be declined."""
        return tuple(request for request in self.requests if not request.in_scope)
