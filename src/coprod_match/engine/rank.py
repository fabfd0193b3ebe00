"""From points to a list: filters, order, chance, and the give and take of a rounded list."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from coprod_match.arrays import Floats, Positions
from coprod_match.model.catalogue import Resource
from coprod_match.model.ranking import Chance, Rounding
from coprod_match.model.request import Filters
from coprod_match.model.result import Confidence

_BLOCKS = 10  # for each entry that is looked for


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


def candidates(scores: Floats, least: float, count: int) -> Positions:
    """Positions of the `count` highest scores, and of any equal to the last of them, as far as they are above `least`.

    Of a large catalogue most entries are passed over in blocks: as many blocks as `count` have an entry as good as the
    best of the least of these blocks, so nothing below that can be among them.
    """
    width = len(scores) // (_BLOCKS * count)
    if width > 1:
        best = scores[: len(scores) // width * width].reshape(-1, width).max(axis=1)
        least = max(least, np.nextafter(np.partition(best, -count)[-count], -np.inf))
    found = np.flatnonzero(scores > least)
    if len(found) > count:
        found = found[scores[found] >= np.partition(scores[found], -count)[-count]]
    return found


def round_out(
    entries: Sequence[tuple[Resource, float]], sorts: Mapping[str, str], settings: Rounding, top: int
) -> list[int]:
    """Positions of the `top` entries to show, chosen one by one.

    Each choice takes the most points after a deduction for every entry of the same provider, or the same sort of help,
    that is in the list already. Ties break by id.
    """
    most_first = sorted([(-score, entry.id, position) for position, (entry, score) in enumerate(entries)])
    left = [position for _, _, position in most_first]
    chosen: list[int] = []
    providers: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    while left and len(chosen) < top:
        best, most = left[0], -math.inf
        for position in left:
            resource, score = entries[position]
            if score <= most:  # nothing further down has more, and deductions only lower it
                break
            repeats = providers[resource.provider] * settings.same_provider.value
            repeats += seen[sorts[resource.kind]] * settings.same_sort.value
            if score * (1.0 - min(repeats, 1.0)) > most:
                best, most = position, score * (1.0 - min(repeats, 1.0))
        left.remove(best)
        chosen.append(best)
        providers[entries[best][0].provider] += 1
        seen[sorts[entries[best][0].kind]] += 1
    return chosen
