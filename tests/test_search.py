"""The entries with the most points are found, whichever way they are looked for."""

import math
import sys
from collections.abc import Sequence

import numpy as np
import pytest
from asking import found, over, requests, steadily, variant
from hypothesis import given
from hypothesis import strategies as st

from coprod_match import Filters, Matcher, Request
from coprod_match.arrays import Floats, Positions
from coprod_match.engine import answer, kernel, postings, search
from coprod_match.engine.index import Index, build_index, count_entries
from coprod_match.engine.search import Wanted, first

quarters = st.integers(-20, 40).map(lambda number: number / 4)


@pytest.fixture(scope="module")
def index(matcher: Matcher) -> Index:
    """The catalogue, with common words kept as those of a large catalogue are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "_FEW", 0)
        return build_index(matcher.catalogue, count_entries(matcher.catalogue), matcher.taxonomy, matcher.ranking)


def wanted(matcher: Matcher, index: Index, data: st.DataObject) -> Wanted:
    """A request with conditions, some of which bar many entries, or all."""
    request = data.draw(requests(matcher.taxonomy) | st.just(Request(text="usual suspects, again and again")))
    encoded = matcher._answerer._encode(matcher._reader.read([request]))[0].encoded
    (scores,) = index.scores([encoded])
    positions = st.integers(0, len(index.topics) - 1)
    chance = np.random.default_rng(data.draw(st.integers(0, 9)))
    profiles = chance.random(len(index.profiles.firsts))
    return Wanted(
        encoded,
        least=max(0.0, data.draw(st.sampled_from([0.0, *scores.tolist()]))),
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


@pytest.mark.parametrize("block", [64, 4096])
@steadily
@given(count=st.sampled_from([1, 2, 10, 50, 365, 1000]), data=st.data())
def test_both_ways_find_what_looking_at_all_entries_finds(
    block: int, matcher: Matcher, index: Index, count: int, data: st.DataObject
) -> None:
    several = [wanted(matcher, index, data) for _ in range(3)]
    expected = [by_looking_at_all(index, one, count) for one in several]
    assert [listed(one) for one in search.find(index, several, count)] == expected
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernel, "_BLOCK", block)
        assert [listed(one) for one in kernel.find(index, several, count)] == expected


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
