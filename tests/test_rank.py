"""From points to a list: hard conditions, chances, and a list that is not all of one sort."""

from collections.abc import Sequence
from random import Random

import numpy as np
import pytest
from asking import steadily, variant
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from coprod_match import Catalogue, Filters, Ranking, Resource
from coprod_match.engine.rank import best_first, chance, level, passes, places_by_id, round_out
from coprod_match.model.ranking import Rounding

SORTS = {"toolkit": "use", "publication": "learn", "network": "contact"}
pairs = st.lists(
    st.tuples(st.sampled_from("ABC"), st.sampled_from(sorted(SORTS)), st.integers(1, 64)), min_size=1, max_size=12
)


def entries(catalogue: Catalogue, given: Sequence[tuple[str, str, float]]) -> list[tuple[Resource, float]]:
    """Entries of a provider and a kind, each with a score; ids are numbered."""
    base = catalogue.resources[0]
    return [
        (variant(base, f"entry-{number:02}", provider=provider, kind=kind), score)
        for number, (provider, kind, score) in enumerate(given)
    ]


def rounded(candidates: Sequence[tuple[Resource, float]], settings: Rounding, top: int) -> list[int]:
    """Positions of the candidates that a list is made of."""
    entries, points = [entry for entry, _ in candidates], np.array([points for _, points in candidates])
    by_id = places_by_id([entry.id for entry in entries])
    ordered = best_first(np.arange(len(entries)), points, by_id, len(entries))
    chosen = round_out(ordered, entries, SORTS, settings, top)
    return [position for position, _ in chosen]


@pytest.fixture
def indifferent(ranking: Ranking) -> Rounding:
    """Settings that give nothing up for variety."""
    nothing = replace(ranking.rounding.same_sort, value=0.0)
    return replace(ranking.rounding, same_provider=nothing, same_sort=nothing)


@pytest.fixture
def eager(ranking: Ranking) -> Rounding:
    """Settings that give up a fifth of the points for each repeat of a provider or sort."""
    fifth = replace(ranking.rounding.same_sort, value=0.2)
    return replace(ranking.rounding, same_provider=fifth, same_sort=fifth)


@pytest.mark.parametrize(
    ("filters", "changes", "expected"),
    [
        (Filters(), {"cost": "paid", "status": "historic"}, True),
        (Filters(free=True), {"cost": "free"}, True),
        (Filters(free=True), {"cost": "paid"}, False),
        (Filters(free=True), {"cost": "mixed"}, False),
        (Filters(free=True), {"cost": "unknown"}, False),
        (Filters(jurisdictions=("scotland",)), {"jurisdictions": ("wales", "scotland")}, True),
        (Filters(jurisdictions=("scotland", "wales")), {"jurisdictions": ("wales",)}, True),
        (Filters(jurisdictions=("scotland",)), {"jurisdictions": ("wales",)}, False),
        (Filters(kinds=("law", "toolkit")), {"kind": "toolkit"}, True),
        (Filters(kinds=("law",)), {"kind": "toolkit"}, False),
        (Filters(exclude_historic=True), {"status": "historic"}, False),
        (Filters(exclude_historic=True), {"status": "unknown"}, True),
        (Filters(free=True, kinds=("law",)), {"cost": "free", "kind": "toolkit"}, False),
    ],
)
def test_an_entry_passes_only_when_it_meets_every_condition(
    filters: Filters, changes: dict[str, str], expected: bool, catalogue: Catalogue
) -> None:
    assert passes(variant(catalogue.resources[0], "it", **changes), filters) is expected


@steadily
@given(st.floats(0, 5), st.floats(0, 5))
def test_more_points_never_lower_the_chance(ranking: Ranking, first: float, second: float) -> None:
    low, high = sorted((first, second))
    assert 0 < chance(low, ranking.chance) <= chance(high, ranking.chance) <= 1


@steadily
@given(st.floats(0, 1), st.floats(0, 1))
def test_a_better_chance_never_has_a_lesser_name(ranking: Ranking, first: float, second: float) -> None:
    names = ["none", "weak", "fair", "strong"]
    low, high = sorted((first, second))
    assert names.index(level(low, ranking.chance)) <= names.index(level(high, ranking.chance))


def test_no_chance_is_none_and_certainty_is_strong(ranking: Ranking) -> None:
    assert (level(0.0, ranking.chance), level(1.0, ranking.chance)) == ("none", "strong")


@steadily
@given(pairs, st.integers(1, 15))
def test_a_list_holds_no_entry_twice_and_no_more_than_asked(
    catalogue: Catalogue, ranking: Ranking, given: list[tuple[str, str, float]], top: int
) -> None:
    chosen = rounded(entries(catalogue, given), ranking.rounding, top)
    assert len(chosen) == len(set(chosen)) == min(top, len(given))


@steadily
@given(pairs)
def test_the_entry_with_the_most_points_comes_first(
    catalogue: Catalogue, ranking: Ranking, given: list[tuple[str, str, float]]
) -> None:
    candidates = entries(catalogue, given)
    first = rounded(candidates, ranking.rounding, 1)[0]
    assert candidates[first][1] == max(score for _, score in candidates)


@steadily
@given(pairs, st.randoms(use_true_random=False))
def test_the_order_in_which_entries_come_changes_nothing(
    catalogue: Catalogue, ranking: Ranking, given: list[tuple[str, str, float]], random: Random
) -> None:
    candidates = entries(catalogue, given)
    shuffled = random.sample(candidates, len(candidates))
    in_order, in_disorder = (
        [some[position][0].id for position in rounded(some, ranking.rounding, 5)] for some in (candidates, shuffled)
    )
    assert in_order == in_disorder


def test_without_a_wish_for_variety_points_alone_decide_and_ties_break_by_id(
    catalogue: Catalogue, indifferent: Rounding
) -> None:
    candidates = entries(
        catalogue, [("A", "toolkit", 1), ("A", "toolkit", 3), ("A", "toolkit", 3), ("B", "network", 2)]
    )
    assert rounded(candidates, indifferent, 4) == [1, 2, 3, 0]


def test_another_provider_comes_before_a_nearly_equal_second_entry_of_one(
    catalogue: Catalogue, eager: Rounding
) -> None:
    candidates = entries(catalogue, [("A", "toolkit", 1.0), ("A", "toolkit", 0.99), ("B", "toolkit", 0.98)])
    assert rounded(candidates, eager, 3) == [0, 2, 1]


def test_another_sort_comes_before_a_nearly_equal_entry_of_the_same(catalogue: Catalogue, eager: Rounding) -> None:
    candidates = entries(catalogue, [("A", "toolkit", 1.0), ("B", "toolkit", 0.99), ("C", "network", 0.98)])
    assert rounded(candidates, eager, 3) == [0, 2, 1]


def test_variety_never_puts_a_poor_entry_before_a_good_one(catalogue: Catalogue, ranking: Ranking) -> None:
    candidates = entries(catalogue, [("A", "toolkit", 1.0), ("A", "toolkit", 0.9), ("B", "network", 0.3)])
    assert rounded(candidates, ranking.rounding, 3) == [0, 1, 2]
