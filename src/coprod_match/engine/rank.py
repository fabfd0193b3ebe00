"""From points to a list: filters, order, chance, and the give and take of a rounded list."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from coprod_match.arrays import Floats, Positions
from coprod_match.model.catalogue import Resource
from coprod_match.model.ranking import Chance, Rounding
from coprod_match.model.request import Filters
from coprod_match.model.result import Confidence

CONSIDERED = 50
"""The entries with the most points, among which a list is rounded out."""
_ROUNDED = 5  # places of a list that are rounded out; from then on points alone decide


def passes(resource: Resource, filters: Filters) -> bool:
    """Whether an entry meets the hard conditions."""
    return (
        (not filters.free or resource.cost == "free")
        and (not filters.jurisdictions or bool(set(filters.jurisdictions) & set(resource.jurisdictions)))
        and (not filters.kinds or resource.kind in filters.kinds)
        and not (filters.exclude_historic and resource.status == "historic")
    )


def chance(share: float, settings: Chance) -> float:
    """The chance that an adviser would call an entry useful: the logistic of its share of the points at stake."""
    return 1.0 / (1.0 + math.exp(-(settings.slope.value * share + settings.intercept.value)))


def least_share(settings: Chance) -> float:
    """The share of the points at stake at which the chance reaches the floor."""
    floor = settings.weak.value
    return (
        (math.log(floor / (1.0 - floor)) - settings.intercept.value) / settings.slope.value if floor > 0 else -math.inf
    )


def level(value: float, settings: Chance) -> Confidence:
    """What a chance is called."""
    if value >= settings.strong.value:
        return "strong"
    if value >= settings.fair.value:
        return "fair"
    return "weak" if value >= settings.weak.value else "none"


def places_by_id(ids: Sequence[str]) -> Positions:
    """Where each of some ids stands when they are put in order; shape (ids,)."""
    places = np.empty(len(ids), dtype=np.int64)
    places[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    return places


def best_first(positions: Positions, points: Floats, by_id: Positions, count: int) -> list[tuple[int, float]]:
    """The positions and points of the `count` entries with the most points; ties break by id.

    `by_id` is where each entry of the catalogue stands in the order of ids, whatever the order of the catalogue.
    """
    order = np.lexsort((by_id[positions], -points))[:count]
    return list(zip(positions[order].tolist(), points[order].tolist(), strict=True))


def round_out(
    ordered: Sequence[tuple[int, float]],
    entries: Sequence[Resource],
    sorts: Mapping[str, str],
    settings: Rounding,
    top: int,
) -> list[tuple[int, float]]:
    """The `top` entries to show: the first few chosen one by one, the others by their points.

    `ordered` are positions in `entries` and points, none below 0, as `best_first` gives them. Each choice takes the
    most points after a deduction for every entry of the same provider, or the same sort of help, that is in the list
    already; of equals the first.
    """
    same_provider, same_sort = settings.same_provider.value, settings.same_sort.value
    left = list(ordered[:CONSIDERED])
    chosen: list[tuple[int, float]] = []
    providers: list[str] = []
    seen: list[str] = []
    while left and len(chosen) < min(top, _ROUNDED):
        most, best = -math.inf, left[0]
        for scored in left:
            position, points = scored
            if points <= most:
                break  # nor can any that follow be worth more
            resource = entries[position]
            repeats = providers.count(resource.provider) * same_provider + seen.count(sorts[resource.kind]) * same_sort
            worth = points * (1.0 - min(repeats, 1.0))
            if worth > most:
                most, best = worth, scored
        left.remove(best)
        chosen.append(best)
        providers.append(entries[best[0]].provider)
        seen.append(sorts[entries[best[0]].kind])
    return chosen + [scored for scored in ordered[:top] if scored not in chosen][: top - len(chosen)]
