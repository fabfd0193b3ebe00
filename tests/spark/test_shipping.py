"""A matcher on its way to the executors."""

import pickle

from coprod_match import Matcher, Request
from coprod_match.spark.shipping import Shipped

REQUEST = Request(role="council", text="only the usual people turn up in Fermanagh")


class _Subclass(Matcher):
    pass


def test_a_matcher_answers_after_the_journey_as_it_did_before(matcher: Matcher) -> None:
    arrived = pickle.loads(pickle.dumps(Shipped(matcher)))  # noqa: S301
    assert isinstance(arrived, Matcher)
    assert list(arrived.recommend_many([REQUEST])) == list(matcher.recommend_many([REQUEST]))


def test_a_matcher_arrives_as_the_class_that_it_left_as(matcher: Matcher) -> None:
    left = _Subclass(matcher.catalogue, matcher.taxonomy, matcher.ranking, matcher.models)
    assert type(pickle.loads(pickle.dumps(Shipped(left)))) is _Subclass  # noqa: S301


def test_what_travels_is_small(matcher: Matcher) -> None:
    assert len(pickle.dumps(Shipped(matcher), pickle.HIGHEST_PROTOCOL)) < 10_000_000
