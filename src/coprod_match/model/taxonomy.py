"""The needs taxonomy: the terms in which requests and resources meet, under their SKOS names.

SKOS is the W3C's vocabulary for word lists and thesauri: https://www.w3.org/TR/skos-reference/
"""

from functools import cached_property
from typing import Literal

from msgspec import Struct

Sort = Literal["contact", "use", "learn", "fund", "rule"]
"""What an entry is to the person who asked: someone to talk to, something to use or learn from, money, a rule."""


class Related(Struct, frozen=True, kw_only=True, gc=False):
    """A term that can often serve instead of another (skos:related), and how well."""

    id: str
    """The other term's id, in the same scheme."""
    closeness: float
    """0 (no use instead) to 1 (as good)."""


class Term(Struct, frozen=True, kw_only=True, gc=False):
    """One concept of a scheme (skos:Concept)."""

    id: str
    """Lower-case words joined by hyphens; never changes, as resources refer to it."""
    prefLabel: str
    """The plain-English name that people are shown (skos:prefLabel)."""
    altLabel: tuple[str, ...] = ()
    """Other words for the same thing: acronyms, older and local names, everyday words (skos:altLabel)."""
    scopeNote: str
    """One sentence that says what the term covers (skos:scopeNote)."""
    broader: str | None = None
    """The id of the wider term in the same scheme, if any (skos:broader)."""
    related: tuple[Related, ...] = ()
    """Terms of the same scheme that can often serve instead (skos:related)."""
    example: tuple[str, ...] = ()
    """Things that people say when they mean this term (skos:example)."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Every text that names the term: id, preferred and alternative labels."""
        return (self.id, self.prefLabel, *self.altLabel)

    @property
    def phrases(self) -> tuple[str, ...]:
        """All that people say when they mean the term: its labels and examples."""
        return (*self.labels, *self.example)


class Role(Term, frozen=True, kw_only=True):
    """Who is asking."""

    sector: str
    """The id of the sector that the role belongs to."""
    offers: tuple[str, ...] = ()
    """The kinds of help that such people give: who gives grants mostly speaks of them without asking for one."""


class SupportType(Term, frozen=True, kw_only=True):
    """A kind of help."""

    gives: str
    """What one gets, to complete the sentence “It gives you …”."""


class Place(Term, frozen=True, kw_only=True):
    """An area, in a tree that ends at `international`."""

    contact: str | None = None
    """The id of the resource that people there should ask when nothing fits."""


class Kind(Term, frozen=True, kw_only=True):
    """What sort of thing a resource is."""

    sort: Sort
    """What an entry of this kind is to the person who asked."""


class Elsewhere(Term, frozen=True, kw_only=True):
    """A matter that people bring here but that others deal with."""

    ask: str
    """Whom to ask instead, in a sentence."""
    urgent: bool = False
    """Whether somebody may be in danger: then whom to ring is said, whatever else is asked."""


class Situation(Struct, frozen=True, kw_only=True, gc=False):
    """Something that people say, and what would serve them, as a skilled adviser understands it."""

    text: str
    """Their own words."""
    support_types: tuple[str, ...] = ()
    """The kinds of help that would serve them."""
    themes: tuple[str, ...] = ()
    """What it is about."""


class Taxonomy(Struct, frozen=True, kw_only=True, dict=True):
    """All schemes of terms. Look up by scheme name and id; order is the file's."""

    sectors: tuple[Term, ...]
    """Broad groups of roles."""
    roles: tuple[Role, ...]
    """Who is asking."""
    support_types: tuple[SupportType, ...]
    """What kind of help is wanted or given."""
    themes: tuple[Term, ...]
    """What it is about."""
    places: tuple[Place, ...]
    """Where: a tree from council areas and health trusts up to the world."""
    kinds: tuple[Kind, ...]
    """What sort of thing a resource is."""
    costs: tuple[Term, ...]
    """What a resource costs its users."""
    jurisdictions: tuple[Term, ...]
    """Whose law and policy a resource belongs to."""
    elsewhere: tuple[Elsewhere, ...] = ()
    """What is not the business of this service."""
    situations: tuple[Situation, ...] = ()
    """What people say who mean several terms at once."""

    @cached_property
    def _by_id(self) -> dict[str, dict[str, Term]]:
        return {name: {term.id: term for term in self.scheme(name)} for name in SCHEMES}

    @cached_property
    def _wider(self) -> dict[str, dict[str, tuple[str, ...]]]:
        return {name: {id: self._ancestors(name, id) for id in terms} for name, terms in self._by_id.items()}

    @cached_property
    def _roles(self) -> dict[str, Role]:
        return {role.id: role for role in self.roles}

    @cached_property
    def _support_types(self) -> dict[str, SupportType]:
        return {kind.id: kind for kind in self.support_types}

    @cached_property
    def _places(self) -> dict[str, Place]:
        return {place.id: place for place in self.places}

    def scheme(self, name: str) -> tuple[Term, ...]:
        """The terms of one scheme, in file order. Raises KeyError for an unknown scheme."""
        if name not in SCHEMES:
            raise KeyError(name)
        terms: tuple[Term, ...] = getattr(self, name)
        return terms

    def term(self, scheme: str, id: str) -> Term:
        """One term. Raises KeyError when the scheme has no such id."""
        return self._by_id[scheme][id]

    def role(self, id: str) -> Role:
        """One role. Raises KeyError when there is none of that id."""
        return self._roles[id]

    def place(self, id: str) -> Place:
        """One place. Raises KeyError when there is none of that id."""
        return self._places[id]

    def support_type(self, id: str) -> SupportType:
        """One kind of help. Raises KeyError when there is none of that id."""
        return self._support_types[id]

    def has(self, scheme: str, id: str) -> bool:
        """Whether the scheme holds a term of that id."""
        return id in self._by_id[scheme]

    def ancestors(self, scheme: str, id: str) -> tuple[str, ...]:
        """Ids of the wider terms, nearest first; the term itself is left out."""
        return self._wider[scheme][id]

    def around(self, place: str) -> tuple[str, ...]:
        """Ids of a place and of those that hold it, nearest first."""
        return (place, *self.ancestors("places", place))

    def _ancestors(self, scheme: str, id: str) -> tuple[str, ...]:
        chain: list[str] = []
        parent = self.term(scheme, id).broader
        while parent is not None and parent not in chain:
            chain.append(parent)
            parent = self.term(scheme, parent).broader
        return tuple(chain)


SCHEMES: tuple[str, ...] = Taxonomy.__struct_fields__[: Taxonomy.__struct_fields__.index("situations")]
"""The names of the schemes, in the order of the file."""
