"""The answer to a request: what was understood, what is recommended, and why.

An answer holds hundreds of small values and no cycles, so Python need not search them for garbage: `gc=False`.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from coprod_match.model.catalogue import Resource
from coprod_match.model.request import Request
from coprod_match.model.taxonomy import Sort, Term

Facet = Literal["words", "meaning", "name", "role", "support_type", "theme", "place"]
"""The parts of a request that can earn points."""

AskedAs = Literal["role", "need", "theme", "place", "text"]
"""The parts of a request, as askers know them."""

SCHEME_OF: Mapping[Facet, str] = {
    "role": "roles",
    "support_type": "support_types",
    "theme": "themes",
    "place": "places",
}
"""The facets that are terms of the taxonomy, in the order in which they are said, and the scheme of each."""

ASKED_AS: Mapping[Facet, AskedAs] = {"role": "role", "support_type": "need", "theme": "theme", "place": "place"}
"""What each of these is called where it is given."""

WHOLE = "the whole of it"
"""What a guess came from that no single word accounts for."""

Confidence = Literal["strong", "fair", "weak", "none"]
"""How good the answer is: read from the chance that a skilled adviser would call an entry useful."""


class Understood(Struct, frozen=True, gc=False):
    """One concept that was read out of a request."""

    facet: Facet
    term: str
    """The id of the taxonomy term."""
    label: str
    """Its plain-English name."""
    confidence: float
    """0 to 1: how sure we are that it is meant. 1 for what was given outright."""
    asked_as: AskedAs
    """The part of the request where it was read, or to which it was added."""
    said: str
    """The words it was read from; empty when it was assumed."""

    @property
    def source(self) -> str:
        """Where it was read, in one line: `need: tolkit`, `text: usual suspects`, `place: assumed`."""
        return f"{self.asked_as}: {self.said or 'assumed'}"


class Contribution(Struct, frozen=True, gc=False):
    """The points that one feature of the request earns an entry."""

    facet: Facet
    feature: str
    """The word stem, the term's id, the source's id where it was named, or `related words` for likeness in meaning."""
    points: float


class Recommendation(Struct, frozen=True, gc=False):
    """One entry of the answer."""

    rank: int
    resource: Resource
    sort: Sort
    """What it is to the asker: someone to talk to, something to use, to learn from, money, a rule."""
    score: float
    """The exact sum of the points of `contributions`."""
    chance: float
    """0 to 1: how likely a skilled adviser would call it useful for this request."""
    contributions: tuple[Contribution, ...]
    """Most points first."""
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]


class Result(Struct, frozen=True, gc=False):
    """The answer to one request."""

    request: Request
    understood: tuple[Understood, ...]
    not_meant: tuple[Term, ...]
    """What was not to be read from the text, at the asker's word."""
    in_scope: bool
    """Whether this is a request for such a service at all."""
    confidence: Confidence
    recommendations: tuple[Recommendation, ...]
    """Best first; empty when nothing in the catalogue is good enough."""
    notice: str | None
    """What to read first: whom to ring where somebody may be in danger, and whose business the asker's words are."""
    advice: str | None
    """Whom to ask when the list does not do."""
    catalogue_size: int
    catalogue_version: str
