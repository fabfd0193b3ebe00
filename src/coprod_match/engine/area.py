"""How a source's area stands to the place of the person who asks."""

from typing import Literal

from coprod_match.model.catalogue import Resource
from coprod_match.model.taxonomy import Taxonomy

Reach = Literal["local", "home", "wide", "within", "away", "other_area"]
"""`local`: for just this area; `home`: for the whole nation around it; `wide`: for more than the nation;
`within`: for a part of the place named; `away`: for another nation; `other_area`: for somebody else's area."""

_SAME_GROUND = 0.5
"""How close a linked place must be to count as the same ground: a health trust and a council area that it covers."""


def reach(resource: Resource, place: str, taxonomy: Taxonomy) -> Reach:
    """How the area that `resource` serves stands to `place`, an id of the scheme `places`."""
    around = taxonomy.ancestors("places", place)
    if resource.places:
        ground = {link.id for link in taxonomy.term("places", place).related if link.closeness >= _SAME_GROUND} - set(
            around
        )
        if {place, *ground} & set(resource.places):
            return "local"
        if set(around) & set(resource.places):
            return "home"
        return "within" if _any_inside(resource.places, place, taxonomy) else "other_area"
    if nation_of(place, taxonomy) in resource.jurisdictions:
        return "home"
    if set(around) & set(resource.jurisdictions):
        return "wide"
    return "within" if _any_inside(resource.jurisdictions, place, taxonomy) else "away"


def nation_of(place: str, taxonomy: Taxonomy) -> str | None:
    """The nation that a place lies in, or is; None for what is wider than one."""
    return next((area for area in taxonomy.around(place) if taxonomy.has("jurisdictions", area)), None)


def _any_inside(areas: tuple[str, ...], place: str, taxonomy: Taxonomy) -> bool:
    return any(place in taxonomy.ancestors("places", area) for area in areas)
