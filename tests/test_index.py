"""The product of a request with the catalogue: the same whatever adds it up."""

from collections.abc import Sequence

import pytest
from asking import over, requests, steadily, variant
from hypothesis import given
from hypothesis import strategies as st

from coprod_match import Matcher, Request
from coprod_match.engine import postings
from coprod_match.engine.answer import encode
from coprod_match.engine.encode import Encoded
from coprod_match.engine.index import Index, build_index


def encoded(matcher: Matcher, request: Request) -> Encoded:
    return encode(next(matcher._reader.read([request])), matcher.models.index, matcher.ranking)[0]


def scores_of(index: Index, asked: Encoded) -> list[float]:
    (scores,) = index.scores([asked])
    return [float(score) for score in scores]


@steadily
@given(st.data())
def test_a_request_scores_alone_as_among_others(matcher: Matcher, data: st.DataObject) -> None:
    several = [encoded(matcher, data.draw(requests(matcher.taxonomy))) for _ in range(3)]
    index = matcher.models.index
    together = [scores.tolist() for scores in index.scores(several)]
    assert together == [scores_of(index, asked) for asked in several]


@steadily
@given(st.data())
def test_the_points_of_all_features_are_the_score_of_every_entry(matcher: Matcher, data: st.DataObject) -> None:
    asked = encoded(matcher, data.draw(requests(matcher.taxonomy)))
    contributions = matcher.models.index.contributions(asked, range(len(matcher.catalogue)))
    points = [sum(part.points for part in parts) for parts in contributions]
    assert points == scores_of(matcher.models.index, asked)


@pytest.fixture(scope="module")
def extremes(matcher: Matcher) -> list[Index]:
    """The catalogue with every word taken as common, and with none."""
    found = []
    for share in (0.0, 2.0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(postings, "_DENSE", share)
            patch.setattr(postings, "_FEW", 0)
            found.append(build_index(matcher.catalogue, matcher.taxonomy, matcher.ranking)[0])
    return found


@steadily
@given(st.data())
def test_common_and_rare_words_are_added_up_alike(
    extremes: Sequence[Index], matcher: Matcher, data: st.DataObject
) -> None:
    asked = encoded(matcher, data.draw(requests(matcher.taxonomy)))
    expected = scores_of(matcher.models.index, asked)
    assert [scores_of(index, asked) for index in extremes] == [expected, expected]


@pytest.mark.parametrize("keyed", [0, postings._KEYED], ids=["list by list", "all at once"])
@steadily
@given(st.data())
def test_what_each_feature_earns_is_the_same_however_its_words_are_kept_and_looked_up(
    keyed: int, extremes: Sequence[Index], matcher: Matcher, data: st.DataObject
) -> None:
    asked = encoded(matcher, data.draw(requests(matcher.taxonomy)))
    entries = range(0, len(matcher.catalogue), 7)
    expected = matcher.models.index.contributions(asked, entries)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "_KEYED", keyed)
        found = [index.contributions(asked, entries) for index in (matcher.models.index, *extremes)]
    assert found == [expected] * 3


@steadily
@given(st.data())
def test_what_an_entry_earns_is_put_in_order_by_points_and_then_by_name(matcher: Matcher, data: st.DataObject) -> None:
    asked = encoded(matcher, data.draw(requests(matcher.taxonomy)))
    for parts in matcher.models.index.contributions(asked, range(len(matcher.catalogue))):
        assert list(parts) == sorted(parts, key=lambda part: (-part.points, part.facet, part.feature))


def test_entries_of_the_same_tags_area_and_state_share_a_profile(matcher: Matcher) -> None:
    base = matcher.catalogue.resources[0]
    twin = variant(base, "twin", name="Another", summary="Something else entirely.")
    small = over(matcher, variant(base, "first"), twin, variant(base, "other", themes=("rural",)))
    assert small.models.index.profiles.of_entries.tolist() == [0, 0, 1]
