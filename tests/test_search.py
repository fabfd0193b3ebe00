"""The entries with the most points are found, whichever way they are looked for."""

import math
import sys
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from asking import found, over, requests, steadily, variant
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from coprod_match import Filters, Matcher, Request
from coprod_match.arrays import Floats, Positions
from coprod_match.engine import answer, kernel, postings, search
from coprod_match.engine.blocks import cut
from coprod_match.engine.index import Index, build_index
from coprod_match.engine.search import Wanted, first
from coprod_match.model.catalogue import Catalogue, Resource

quarters = st.integers(-20, 40).map(lambda number: number / 4)


@pytest.fixture(scope="module")
def index(matcher: Matcher) -> Index:
    """The catalogue, with common words kept as those of a large catalogue are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "_FEW", 0)
        return build_index(matcher.catalogue, matcher.taxonomy, matcher.ranking)[0]


def wanted(matcher: Matcher, index: Index, data: st.DataObject) -> Wanted:
    """A request with conditions, some of which bar many entries, or all."""
    request = data.draw(requests(matcher.taxonomy) | st.just(Request(text="usual suspects, again and again")))
    encoded = matcher._answerer._encode(next(matcher._reader.read([request])))[0].encoded
    (scores,) = index.scores([encoded])
    positions = st.integers(0, len(index.topics) - 1)
    chance = np.random.default_rng(data.draw(st.integers(0, 9)))
    profiles = chance.random(len(index.profiles.firsts))
    return Wanted(
        encoded,
        least=data.draw(st.sampled_from([-math.inf, 0.0, *scores.tolist()])),
        allowed=data.draw(st.sampled_from([None, profiles < 0.7, profiles < 0.0])),
        refused=data.draw(st.lists(positions, max_size=5, unique=True).map(tuple)),
    )


def by_looking_at_all(index: Index, one: Wanted, count: int) -> list[tuple[int, float]]:
    (scores,) = index.scores([one.request])
    profiles = index.profiles.of_entries.tolist()
    above = {
        entry: score
        for entry, score in enumerate(scores.tolist())
        if score > one.least and entry not in one.refused and (one.allowed is None or one.allowed[profiles[entry]])
    }
    last = sorted(above.values(), reverse=True)[:count][-1] if above else math.inf
    return [(entry, score) for entry, score in above.items() if score >= last]


def listed(best: tuple[Positions, Floats]) -> list[tuple[int, float]]:
    return list(zip(*(part.tolist() for part in best), strict=True))


@steadily
@given(points=st.lists(quarters, max_size=100), count=st.integers(1, 6))
def test_the_first_are_those_with_the_most_points_and_their_equals(points: list[float], count: int) -> None:
    last = sorted(points, reverse=True)[:count][-1] if points else math.inf
    expected = [(entry, score) for entry, score in enumerate(points) if score >= last]
    assert listed(first(np.arange(len(points)), np.array(points), count)) == expected


@pytest.mark.parametrize("size", [1, 8, 96])
@steadily
@given(count=st.sampled_from([1, 2, 10, 50, 365, 1000]), data=st.data())
def test_both_ways_find_what_looking_at_all_entries_finds(
    size: int, matcher: Matcher, index: Index, count: int, data: st.DataObject
) -> None:
    several = [wanted(matcher, index, data) for _ in range(3)]
    expected = [by_looking_at_all(index, one, count) for one in several]
    assert [listed(one) for one in search.find(index, several, count)] == expected
    assert [listed(one) for one in kernel.find(index, cut(index, size), several, count)] == expected


def only(matcher: Matcher, *resources: Resource) -> Matcher:
    """A matcher over just these entries, that reads requests as the other does: sooner made than one that learns it."""
    catalogue = Catalogue(resources=resources)
    models = replace(matcher.models, index=build_index(catalogue, matcher.taxonomy, matcher.ranking)[0])
    return Matcher(catalogue, matcher.taxonomy, matcher.ranking, models)


@pytest.fixture(scope="module")
def crowd(matcher: Matcher) -> Matcher:
    """A catalogue in which many entries share a profile, though they stand apart, and some are all the same."""
    bases = matcher.catalogue.resources[:12]
    others = [
        variant(base, f"{base.id}-{number}", summary=matcher.catalogue.resources[20 * number + place].summary)
        for number in range(15)
        for place, base in enumerate(bases)
    ]
    return only(matcher, *others, *(variant(bases[0], f"again-{number}") for number in range(30)))


@pytest.mark.parametrize("size", [8, 96])
@steadily
@given(count=st.sampled_from([1, 10, 50, 1000]), data=st.data())
def test_both_ways_find_the_same_where_many_entries_are_alike(
    size: int, crowd: Matcher, count: int, data: st.DataObject
) -> None:
    index = crowd.models.index
    several = [wanted(crowd, index, data) for _ in range(3)]
    expected = [listed(one) for one in search.find(index, several, count)]
    assert [listed(one) for one in kernel.find(index, cut(index, size), several, count)] == expected


@pytest.fixture(scope="module")
def alone(matcher: Matcher) -> Matcher:
    return only(matcher, matcher.catalogue.resources[0])


@steadily
@given(st.data())
def test_one_entry_is_found_both_ways(alone: Matcher, data: st.DataObject) -> None:
    one = wanted(alone, alone.models.index, data)
    (expected,) = search.find(alone.models.index, [one], 50)
    (best,) = kernel.find(alone.models.index, cut(alone.models.index), [one], 50)
    assert listed(best) == listed(expected)


def test_entries_of_one_profile_stand_together_in_an_index_and_share_blocks(crowd: Matcher) -> None:
    index, blocks = crowd.models.index, cut(crowd.models.index, 10)
    of_entries = index.profiles.of_entries.tolist()
    assert of_entries == sorted(of_entries)
    assert len({*of_entries}) == 12
    assert max(blocks.sizes.tolist()) <= 10
    assert all(len({*of_entries[start:end]}) == 1 for start, end in pairwise(blocks.starts.tolist()))
    assert set(index.sources) == {resource.id for resource in crowd.catalogue.resources}


def test_a_list_does_not_depend_on_the_order_of_the_catalogue(crowd: Matcher) -> None:
    backwards = only(crowd, *reversed(crowd.catalogue.resources))
    asked = [Request(text=text) for text in ("nobody turns up", "money for a village hall in Omagh")]
    assert [*backwards.rank(asked, top=20)] == [*crowd.rank(asked, top=20)]


def test_the_index_of_a_large_catalogue_has_common_words(index: Index, matcher: Matcher) -> None:
    assert len(index.words.common) > 100
    assert len(matcher.models.index.words.common) == 0


@pytest.fixture
def asked(matcher: Matcher) -> Sequence[Request]:
    texts = ("nobody turns up", "PB in NI", "money for a village hall in Omagh", "not Citizen Space, another like it")
    filters = (Filters(), Filters(free=True), Filters(kinds=("toolkit",)), Filters(exclude_historic=True))
    return [Request(text=text, filters=one) for text in texts for one in filters]


def test_answers_are_the_same_when_many_are_asked(
    matcher: Matcher, asked: Sequence[Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = list(matcher.recommend_many(asked, top=10))
    monkeypatch.setattr(answer, "_MANY", 1)
    monkeypatch.setattr(answer, "find", None)
    assert list(matcher.recommend_many(asked, top=10)) == alone


def test_without_the_extra_for_large_catalogues_answers_are_the_same(
    matcher: Matcher, asked: Sequence[Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = list(matcher.recommend_many(asked, top=10))
    monkeypatch.setattr(answer, "_MANY", 1)
    monkeypatch.setitem(sys.modules, "coprod_match.engine.kernel", None)  # as if its import failed
    monkeypatch.delattr("coprod_match.engine.kernel")
    assert list(matcher.recommend_many(asked, top=10)) == alone


def test_entries_that_differ_only_in_what_a_filter_asks_are_told_apart(matcher: Matcher) -> None:
    plain = matcher.catalogue.resource("community-planning-toolkit")
    small = over(
        matcher,
        variant(plain, "plain"),
        variant(plain, "paid", cost="paid"),
        variant(plain, "historic", status="historic"),
        variant(plain, "welsh", jurisdictions=("wales",)),
        variant(plain, "law", kind="law"),
    )

    def left_by(filters: Filters) -> set[str]:
        return {*found(small.recommend(need="toolkit", theme="community-planning", filters=filters, top=5))}

    everything = left_by(Filters())
    assert everything == {"plain", "paid", "historic", "welsh", "law"}
    assert everything - left_by(Filters(free=True)) == {"paid"}
    assert everything - left_by(Filters(exclude_historic=True)) == {"historic"}
    assert everything - left_by(Filters(jurisdictions=("northern-ireland",))) == {"welsh"}
    assert left_by(Filters(kinds=("law",))) == {"law"}
