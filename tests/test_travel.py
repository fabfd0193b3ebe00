"""A matcher can go to another process, or another machine, and answers there as it did at home."""

import pickle

from coprod_match import Matcher, Request

REQUEST = Request(role="council", text="only the usual people turn up in Fermanagh")


def test_a_matcher_answers_after_the_journey_as_it_did_before(matcher: Matcher) -> None:
    before = list(matcher.recommend_many([REQUEST]))
    arrived = pickle.loads(pickle.dumps(matcher))  # noqa: S301
    assert list(arrived.recommend_many([REQUEST])) == before


def test_a_matcher_travels_light(matcher: Matcher) -> None:
    assert len(pickle.dumps(matcher, pickle.HIGHEST_PROTOCOL)) < 10_000_000


def test_what_somebody_asked_of_its_taxonomy_does_not_travel_with_it(matcher: Matcher) -> None:
    loaded = Matcher.load()
    before = len(pickle.dumps(loaded))
    assert loaded.taxonomy == matcher.taxonomy
    assert len(pickle.dumps(loaded)) == before


def test_what_a_matcher_has_answered_does_not_travel_with_it(matcher: Matcher) -> None:
    before = len(pickle.dumps(matcher))
    for place in ("belfast", "wales", "rural-areas-of-nowhere"):
        matcher.recommend(need="toolkit", place=place)
    assert len(pickle.dumps(matcher)) == before
