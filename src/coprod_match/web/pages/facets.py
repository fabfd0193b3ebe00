"""The sides from which the catalogue can be browsed, and how many sources lie on each."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from coprod_match.model.catalogue import Resource
from coprod_match.model.taxonomy import Taxonomy
from coprod_match.render.wording import SORTS
from coprod_match.web.pages.address import Address
from coprod_match.web.pages.facts import sort_of
from coprod_match.web.pages.words import upfirst


@dataclass(frozen=True, slots=True)
class Facet:
    """One side of the catalogue."""

    name: str
    """What it is called in the address."""
    title: str
    labels: dict[str, str]
    """Its values and their names, in the order in which they are shown."""
    values: Callable[[Resource], tuple[str, ...]]
    """The values that a source has."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that can be chosen, with the number of sources that would be left."""

    value: str
    label: str
    count: int
    link: str


def facets(taxonomy: Taxonomy) -> tuple[Facet, ...]:
    """Every side of the catalogue, in the order in which they are shown."""

    def scheme(name: str) -> dict[str, str]:
        return {term.id: term.prefLabel for term in taxonomy.scheme(name)}

    sorts: dict[str, str] = {name: upfirst(label) for name, label in SORTS.items()}
    return (
        Facet("sort", "What you want", sorts, lambda resource: (sort_of(resource, taxonomy),)),
        Facet("theme", "What it is about", scheme("themes"), lambda resource: resource.themes),
        Facet("need", "Kind of help", scheme("support_types"), lambda resource: resource.support_types),
        Facet("role", "Whom it is for", scheme("roles"), lambda resource: resource.roles),
        Facet("jurisdiction", "Nation", scheme("jurisdictions"), lambda resource: resource.jurisdictions),
        Facet("place", "Local to", scheme("places"), lambda resource: resource.places),
        Facet("cost", "Cost", scheme("costs"), lambda resource: (resource.cost,)),
        Facet("kind", "Kind of thing", scheme("kinds"), lambda resource: (resource.kind,)),
    )


def matching(resources: Sequence[Resource], sides: Sequence[Facet], address: Address) -> list[Resource]:
    """The sources that have every value of the address, by name."""
    chosen = [(side, address.all(side.name)) for side in sides if address.has(side.name)]
    found = [
        resource for resource in resources if all(set(wanted) <= set(side.values(resource)) for side, wanted in chosen)
    ]
    return sorted(found, key=lambda resource: (resource.name.casefold(), resource.id))


def choices(side: Facet, found: Sequence[Resource], address: Address) -> Iterator[Choice]:
    """What can still be chosen on one side: values that narrow the list and leave something of it."""
    counts = Counter(value for resource in found for value in side.values(resource))
    start = address.without("page")
    for value, label in side.labels.items():
        if counts[value] and value not in address.all(side.name):
            yield Choice(value, label, counts[value], start.adding(side.name, value).to("/browse"))


def chosen(sides: Sequence[Facet], address: Address) -> Iterator[tuple[str, str]]:
    """What is chosen: its name, and the address without it."""
    start = address.without("page")
    for side in sides:
        for value in address.all(side.name):
            yield side.labels[value], start.without(side.name, value).to("/browse")
