"""How a source's area stands to the place of the person who asks."""

from collections.abc import Sequence, Set
from typing import Literal

from msgspec import Struct

from coprod_match.model.catalogue import Resource
from coprod_match.model.taxonomy import Taxonomy

Reach = Literal["local", "home", "wide", "within", "away", "other_area"]
"""`local`: for just this area; `home`: for the whole nation around it; `wide`: for more than the nation;
`within`: for a part of the place named; `away`: for another nation; `other_area`: for somebody else's area."""

_SAME_GROUND = 0.5
"""How close a linked place must be to count as the same ground: a health trust and a council area that it covers."""


class Here(Struct, frozen=True, eq=False, gc=False):
    """A place where somebody may be, and how others lie to it, as ids of the scheme `places`."""

    around: Sequence[str]
    """It, and those that hold it, nearest first."""
    nation: str | None
    """The nation that it lies in, or is; None for what is wider than one."""
    ground: Set[str]
    """It, and those that are the same ground."""
    wider: Set[str]
    """Those that hold it."""
    parts: Set[str]
    """Those that lie within it."""


def here_of(place: str, taxonomy: Taxonomy) -> Here:
    """How other places lie to one, worked out once for all sources."""
    around, wider = taxonomy.around(place), frozenset(taxonomy.ancestors("places", place))
    close = {link.id for link in taxonomy.term("places", place).related if link.closeness >= _SAME_GROUND}
    return Here(
        around=around,
        nation=next((area for area in around if taxonomy.has("jurisdictions", area)), None),
        ground={place} | (close - wider),
        wider=wider,
        parts={area.id for area in taxonomy.places if place in taxonomy.ancestors("places", area.id)},
    )


def reach(resource: Resource, here: Here) -> Reach:
    """How the area that `resource` serves stands to a place."""
    if resource.places:
        if not here.ground.isdisjoint(resource.places):
            return "local"
        if not here.wider.isdisjoint(resource.places):
            return "home"
        return "other_area" if here.parts.isdisjoint(resource.places) else "within"
    if here.nation in resource.jurisdictions:
        return "home"
    if not here.wider.isdisjoint(resource.jurisdictions):
        return "wide"
    return "away" if here.parts.isdisjoint(resource.jurisdictions) else "within"
