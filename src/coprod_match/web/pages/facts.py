"""The facts of an entry, in words, each with the terms that it links to."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coprod_match.model.catalogue import Resource
from coprod_match.model.taxonomy import Sort, Taxonomy

STATUSES = {
    "active": "It is running",
    "historic": "It has ended: use it as an archive or an example",
    "unknown": "We could not confirm that it is still running: check first",
}
"""Whether a source still runs, in words."""

CERTAINTY = {
    "high": "We checked the main facts",
    "medium": "We could not confirm every detail",
    "low": "We could confirm little: check before you rely on it",
}
"""How sure we are of an entry, in words."""


@dataclass(frozen=True, slots=True)
class Link:
    """A term by its name, and the path of its page."""

    label: str
    path: str


def sort_of(resource: Resource, taxonomy: Taxonomy) -> Sort:
    """What an entry is to the person who asks."""
    return next(kind.sort for kind in taxonomy.kinds if kind.id == resource.kind)


def area(resource: Resource, taxonomy: Taxonomy) -> tuple[Link, ...]:
    """The places that an entry is limited to; where there are none, its nations."""
    if resource.places:
        return links("places", resource.places, taxonomy)
    return links("jurisdictions", resource.jurisdictions, taxonomy)


def cost(resource: Resource, taxonomy: Taxonomy) -> str:
    """What an entry costs its users, in words."""
    return taxonomy.term("costs", resource.cost).prefLabel


def tags(resource: Resource, taxonomy: Taxonomy) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """What an entry is tagged with: a heading and its terms; headings without terms are left out."""
    groups = (
        ("What it is", "kinds", (resource.kind,)),
        ("What you get", "support_types", resource.support_types),
        ("What it is about", "themes", resource.themes),
        ("Whom it is for", "roles", resource.roles),
        ("Whose law and policy it follows", "jurisdictions", resource.jurisdictions),
    )
    return ((heading, links(scheme, ids, taxonomy)) for heading, scheme, ids in groups if ids)


def links(scheme: str, ids: Sequence[str], taxonomy: Taxonomy) -> tuple[Link, ...]:
    """Terms of one scheme, ready to be linked."""
    return tuple(Link(taxonomy.term(scheme, id).prefLabel, f"/terms/{scheme}/{id}") for id in ids)


def day(date: datetime.date) -> str:
    """A date as people write it: 24 November 2026."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"  # strftime would follow the machine's language


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
