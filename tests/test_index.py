"""The product of a request with the catalogue: the same whatever adds it up."""

import numpy as np
import pytest
from asking import over, requests, steadily, variant
from hypothesis import given
from hypothesis import strategies as st

from coprod_match import Matcher, Request
from coprod_match.arrays import Floats
from coprod_match.engine import index
from coprod_match.engine.encode import Encoded, encode_request


def encoded(matcher: Matcher, request: Request) -> Encoded:
    reading = matcher._reader.read(request)
    return encode_request(reading.understood, matcher.models.index.spoken(reading.speech), matcher.ranking)


def scores(matcher: Matcher, *asked: Encoded) -> list[Floats]:
    return list(matcher.models.index.scores(asked))


@steadily
@given(st.data())
def test_small_and_large_catalogues_are_added_up_alike(matcher: Matcher, data: st.DataObject) -> None:
    asked = encoded(matcher, data.draw(requests(matcher.taxonomy)))
    (small,) = scores(matcher, asked)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "_LARGE", 0)
        (large,) = scores(matcher, asked)
    assert small.tolist() == large.tolist()


@steadily
@given(st.data())
def test_a_request_scores_the_same_alone_and_among_others(matcher: Matcher, data: st.DataObject) -> None:
    several = [encoded(matcher, data.draw(requests(matcher.taxonomy))) for _ in range(3)]
    assert [row.tolist() for row in scores(matcher, *several)] == [scores(matcher, one)[0].tolist() for one in several]


@steadily
@given(st.data())
def test_the_points_of_all_features_are_the_score_of_every_entry(matcher: Matcher, data: st.DataObject) -> None:
    asked = encoded(matcher, data.draw(requests(matcher.taxonomy)))
    everything = np.arange(len(matcher.catalogue))
    points = matcher.models.index.points(asked, everything)
    assert [sum(features.values()) for features in points] == scores(matcher, asked)[0].tolist()


def test_entries_of_the_same_tags_area_and_state_share_a_profile(matcher: Matcher) -> None:
    base = matcher.catalogue.resources[0]
    twin = variant(base, "twin", name="Another", summary="Something else entirely.")
    small = over(matcher, variant(base, "first"), twin, variant(base, "other", themes=("rural",)))
    assert small.models.index.profiles.of_entries.tolist() == [0, 0, 1]
