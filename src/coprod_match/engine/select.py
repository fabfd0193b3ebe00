"""The sources that carry given tags: browsing, where nothing is scored."""

from collections.abc import Sequence

from coprod_match.engine.rank import passes
from coprod_match.engine.resolve import Labels, resolve_filters
from coprod_match.model.catalogue import Catalogue, Resource
from coprod_match.model.request import Filters


def select(
    catalogue: Catalogue,
    labels: Labels,
    *,
    role: str | None = None,
    need: Sequence[str] = (),
    theme: Sequence[str] = (),
    place: str | None = None,
    filters: Filters | None = None,
) -> list[Resource]:
    """The sources that carry all the tags that are named, by id. Raises UnknownTermError."""
    conditions = resolve_filters(filters or Filters(), labels)
    named = (
        ("role", "roles", [role] if role else []),
        ("need", "support_types", need),
        ("theme", "themes", theme),
        ("place", "places", [place] if place else []),
    )
    wanted = [
        (field, {labels.require(option, field, value).term.id for value in values}) for option, field, values in named
    ]
    found = [
        resource
        for resource in catalogue.resources
        if passes(resource, conditions) and all(ids <= set(getattr(resource, field)) for field, ids in wanted)
    ]
    return sorted(found, key=lambda resource: resource.id)
