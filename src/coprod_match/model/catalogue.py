"""The catalogue: real sources of help, each with the evidence that bears it out."""

import datetime
import hashlib
from functools import cached_property
from typing import Literal

import msgspec
from msgspec import Struct, field


class Evidence(Struct, frozen=True, kw_only=True, gc=False):
    """Where a fact about a resource can be checked."""

    url: str
    """The page that bears it out."""
    note: str
    """What the page says."""


Grade = Literal[1, 2, 3]


class Grades(Struct, frozen=True, kw_only=True, gc=False):
    """How useful assessors find a resource to those who ask for a term.

    3 one of the first to name, 2 clearly useful, 1 loosely useful; not at all where the term has no grade.
    """

    support_types: dict[str, Grade] = field(default_factory=dict)
    """To people who want this kind of help."""
    roles: dict[str, Grade] = field(default_factory=dict)
    """To people in this role."""
    themes: dict[str, Grade] = field(default_factory=dict)
    """To people who ask about this theme."""


class Resource(Struct, frozen=True, kw_only=True, gc=False):
    """One source of help. Tags are ids of taxonomy terms, the main one first."""

    id: str
    """Lower-case words joined by hyphens; never changes."""
    name: str
    """What the source calls itself, with a few words more where that says little."""
    kind: str
    """What sort of thing it is (scheme `kinds`)."""
    provider: str
    """Who runs, wrote or owns it."""
    url: str
    """Where to go: the owner's own address wherever there is one."""
    year: int | None = None
    """The year in which it began or came out."""
    status: Literal["active", "historic", "unknown"]
    """`historic`: ended, kept for what can be learnt; `unknown`: nothing shows that it still runs."""
    jurisdictions: tuple[str, ...]
    """Whose law and policy it belongs to (scheme `jurisdictions`)."""
    places: tuple[str, ...]
    """The areas it is limited to (scheme `places`); empty: all of its jurisdictions."""
    support_types: tuple[str, ...]
    """What kind of help it gives (scheme `support_types`)."""
    roles: tuple[str, ...]
    """Whom it serves (scheme `roles`)."""
    themes: tuple[str, ...]
    """What it is about (scheme `themes`)."""
    grades: Grades = field(default_factory=Grades)
    """What assessors say who have not seen the tags; none at all where nobody has graded it."""
    cost: str
    """What it costs its users (scheme `costs`)."""
    summary: str
    """Two or three plain sentences: what it is, what one gets, when to choose it."""
    terms: tuple[str, ...]
    """Words that people may search for it by."""
    questions: tuple[str, ...]
    """Things that people say when this source is one of the best answers."""
    evidence: tuple[Evidence, ...]
    """Where the facts can be checked."""
    confidence: Literal["high", "medium", "low"]
    """How sure we are of the facts."""
    last_reviewed: datetime.date
    """When a person last checked the entry, as YYYY-MM-DD."""


class Catalogue(Struct, frozen=True, kw_only=True, dict=True):
    """All resources, in file order."""

    resources: tuple[Resource, ...]

    @cached_property
    def _by_id(self) -> dict[str, Resource]:
        return {resource.id: resource for resource in self.resources}

    def __len__(self) -> int:
        return len(self.resources)

    def __contains__(self, id: object) -> bool:
        return id in self._by_id

    def resource(self, id: str) -> Resource:
        """The resource of that id. Raises KeyError when there is none."""
        return self._by_id[id]

    @cached_property
    def version(self) -> str:
        """Twelve hexadecimal digits that change when any entry changes, whatever the order of entries and of grades."""
        entries = sorted(map(msgspec.json.Encoder(order="deterministic").encode, self.resources))
        return hashlib.sha256(b"\n".join(entries)).hexdigest()[:12]
