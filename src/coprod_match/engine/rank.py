"""From points to a list: filters, order, chance, and the give and take of a rounded list."""

import heapq
import math
from collections.abc import Mapping, Sequence

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


def round_out(
    entries: Sequence[tuple[Resource, float]], sorts: Mapping[str, str], settings: Rounding, top: int
) -> list[int]:
    """Positions of the `top` entries to show: the first few chosen one by one, the others by their points.

    Each choice takes the most points after a deduction for every entry of the same provider, or the same sort of help,
    that is in the list already. Ties break by id. Deductions only grow, so what an entry was worth when it was last
    looked at is the most that it can be worth now.
    """
    ordered = sorted((-points, resource.id, position) for position, (resource, points) in enumerate(entries))
    order = [position for _, _, position in ordered]
    waiting = [(less, place) for place, (less, _, _) in enumerate(ordered[:CONSIDERED])]  # a heap, as it is sorted
    chosen: list[int] = []
    providers: dict[str, int] = {}
    seen: dict[str, int] = {}
    while waiting and len(chosen) < min(top, _ROUNDED):
        less, place = heapq.heappop(waiting)
        resource, score = entries[order[place]]
        sort, provider = sorts[resource.kind], resource.provider
        repeats = (
            providers.get(provider, 0) * settings.same_provider.value + seen.get(sort, 0) * settings.same_sort.value
        )
        worth = score * (1.0 - min(repeats, 1.0))
        if worth < -less:
            heapq.heappush(waiting, (-worth, place))
            continue
        chosen.append(order[place])
        providers[provider] = providers.get(provider, 0) + 1
        seen[sort] = seen.get(sort, 0) + 1
    return chosen + [position for position in order if position not in chosen][: top - len(chosen)]
