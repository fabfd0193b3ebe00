"""The matcher: one path for one request or many, exact sums, and the same answer every time."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

import pytest
from asking import answer, found, over, requests, steadily, variant
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from coprod_match import (
    Catalogue,
    DataError,
    Filters,
    Matcher,
    Request,
    RequestError,
    Resource,
    Result,
    UnknownTermError,
)

ALL = 10_000  # more than any catalogue in these tests holds

SAMPLE = (
    Request(role="council", needs=("toolkit",)),
    Request(text="how do we reach beyond the usual suspects in Omagh"),
    Request(themes=("rural", "housing"), place="belfast", text="community plan"),
    Request(needs=("funding",), role="community-group", place="western-trust"),
    Request(text="nothing of the sort qwertyuiop"),
)


@steadily
@given(data=st.data())
def test_contributions_add_up_to_the_score_exactly(data: st.DataObject, matcher: Matcher) -> None:
    for entry in answer(matcher, data.draw(requests(matcher.taxonomy))).recommendations:
        points = [part.points for part in entry.contributions]
        assert sum(map(Fraction, points)) == Fraction(entry.score)
        assert sum(reversed(points)) == sum(points) == entry.score


@steadily
@given(data=st.data())
def test_contributions_are_distinct_and_the_largest_comes_first(data: st.DataObject, matcher: Matcher) -> None:
    for entry in answer(matcher, data.draw(requests(matcher.taxonomy))).recommendations:
        points = [part.points for part in entry.contributions]
        assert points
        assert all(part.points > 0 for part in entry.contributions if part.facet != "meaning")
        assert points == sorted(points, reverse=True)
        assert len({(part.facet, part.feature) for part in entry.contributions}) == len(points)


@steadily
@given(data=st.data())
def test_a_list_is_numbered_from_one_without_repeats_and_no_longer_than_asked(
    data: st.DataObject, matcher: Matcher
) -> None:
    top = data.draw(st.integers(1, 12))
    result = answer(matcher, data.draw(requests(matcher.taxonomy)), top=top)
    assert [entry.rank for entry in result.recommendations] == list(range(1, len(result.recommendations) + 1))
    assert len(set(found(result))) == len(result.recommendations) <= top
    assert all(entry.resource is matcher.catalogue.resource(entry.resource.id) for entry in result.recommendations)


@steadily
@given(data=st.data())
def test_a_better_score_is_a_better_chance_and_the_first_has_the_best(data: st.DataObject, matcher: Matcher) -> None:
    entries = answer(matcher, data.draw(requests(matcher.taxonomy))).recommendations
    ordered = sorted(entries, key=lambda entry: entry.score)
    assert all(low.chance <= high.chance for low, high in pairwise(ordered))
    assert all(0 < entry.chance < 1 for entry in entries)
    if entries:
        assert entries[0].score == ordered[-1].score


@settings(steadily, max_examples=30)
@given(data=st.data())
def test_several_requests_at_once_are_answered_as_one_by_one(data: st.DataObject, matcher: Matcher) -> None:
    several = data.draw(st.lists(requests(matcher.taxonomy), max_size=4))
    assert list(matcher.recommend_many(several)) == [answer(matcher, request) for request in several]


def test_many_hundred_requests_are_answered_in_their_order(matcher: Matcher) -> None:
    many = [SAMPLE[number % len(SAMPLE)] for number in range(700)]
    one_by_one = {request: answer(matcher, request, top=2) for request in SAMPLE}
    assert list(matcher.recommend_many(iter(many), top=2)) == [one_by_one[request] for request in many]


def test_recommend_is_recommend_many_with_one_request(matcher: Matcher) -> None:
    result = matcher.recommend(role="council", need=["toolkit"], theme="rural", place="Omagh", text="a plan", top=4)
    request = Request(role="council", needs=("toolkit",), themes=("rural",), place="Omagh", text="a plan")
    assert result == answer(matcher, request, top=4)
    assert result.request == request


def test_no_requests_bring_no_answers(matcher: Matcher) -> None:
    assert list(matcher.recommend_many([])) == []


@pytest.mark.parametrize("request_", SAMPLE, ids=str)
def test_the_same_request_twice_brings_the_same_answer(request_: Request, matcher: Matcher) -> None:
    assert answer(matcher, request_) == answer(matcher, request_)


def test_another_process_gives_the_same_bytes_whatever_its_hash_seed() -> None:
    command = [
        sys.executable,
        "-m",
        "coprod_match",
        "recommend",
        "--need",
        "how do we reach people",
        "--format",
        "json",
    ]
    processes = [
        subprocess.Popen(command, env=os.environ | {"PYTHONHASHSEED": seed}, stdout=subprocess.PIPE)
        for seed in ("1", "2")
    ]
    first, second = (process.communicate()[0] for process in processes)
    assert [process.returncode for process in processes] == [0, 0]
    assert first == second
    assert first


def test_the_order_of_the_catalogue_changes_nothing(matcher: Matcher) -> None:
    shuffled = over(matcher, *sorted(matcher.catalogue.resources, key=lambda resource: resource.name[::-1]))
    for request in SAMPLE:
        assert answer(shuffled, request, top=40) == answer(matcher, request, top=40)


def test_two_identical_entries_come_in_the_order_of_their_ids(matcher: Matcher) -> None:
    entry = matcher.catalogue.resource("community-planning-toolkit")
    twins = over(matcher, replace(entry, id="twin-b"), replace(entry, id="twin-a"))
    assert found(twins.recommend(need="toolkit", theme="community-planning")) == ["twin-a", "twin-b"]


@pytest.mark.parametrize(
    ("filters", "holds"),
    [
        (Filters(free=True), lambda resource: resource.cost == "free"),
        (Filters(jurisdictions=("Scottish",)), lambda resource: "scotland" in resource.jurisdictions),
        (Filters(kinds=("toolkit", "law")), lambda resource: resource.kind in ("toolkit", "law")),
        (Filters(exclude_historic=True), lambda resource: resource.status != "historic"),
    ],
    ids=str,
)
def test_a_filter_leaves_out_what_breaks_it_and_changes_no_score(
    filters: Filters, holds: Callable[[Resource], bool], matcher: Matcher
) -> None:
    request = Request(needs=("toolkit",), themes=("community-engagement",), text="a guide to involving people")
    everything = answer(matcher, request, top=ALL).recommendations
    kept = answer(matcher, replace(request, filters=filters), top=ALL).recommendations
    expected = {entry.resource.id: (entry.score, entry.chance) for entry in everything if holds(entry.resource)}
    assert {entry.resource.id: (entry.score, entry.chance) for entry in kept} == expected
    assert 0 < len(kept) < len(everything)


def test_filters_that_nothing_meets_bring_nothing_and_say_whom_to_ask(matcher: Matcher) -> None:
    impossible = Filters(free=True, kinds=("fund",), jurisdictions=("international",), exclude_historic=True)
    result = matcher.recommend(theme="rural", need="legislation", filters=impossible)
    assert (result.recommendations, result.confidence) == ((), "none")
    assert result.advice


def test_every_role_and_every_support_type_has_at_least_three_results(matcher: Matcher) -> None:
    pairs = [
        Request(role=role.id, needs=(support_type.id,))
        for role in matcher.taxonomy.roles
        for support_type in matcher.taxonomy.support_types
    ]
    poor = [
        (result.request.role, result.request.needs)
        for result in matcher.recommend_many(pairs)
        if len(result.recommendations) < 3
    ]
    assert poor == []


@pytest.mark.parametrize("scheme", ["role", "theme", "place"])
def test_every_single_term_is_answered(scheme: str, matcher: Matcher) -> None:
    for term in matcher.taxonomy.scheme(f"{scheme}s"):
        assert matcher.recommend(**{scheme: term.id}).recommendations, term.id  # type: ignore[arg-type]


@pytest.mark.parametrize("top", [1, 3, 17, 60])
def test_top_says_how_many_are_wanted_and_a_longer_list_begins_with_the_shorter(top: int, matcher: Matcher) -> None:
    shorter, longer = (found(matcher.recommend(need="toolkit", top=many)) for many in (top, top + 5))
    assert len(shorter) == top
    assert longer[:top] == shorter


def test_a_longer_list_begins_with_the_shorter_however_long_it_is(matcher: Matcher) -> None:
    base = matcher.catalogue.resources[0]
    many = [variant(base, f"a{number:03}", provider="One") for number in range(55)]
    others = [variant(base, f"z{number:03}", provider=f"Other {number}", status="unknown") for number in range(10)]
    asked = Request(needs=base.support_types)
    short, long = (found(answer(over(matcher, *many, *others), asked, top=top)) for top in (5, 60))
    assert long[:5] == short


def test_from_the_sixth_on_points_alone_decide(matcher: Matcher) -> None:
    scores = [entry.score for entry in matcher.recommend(need="toolkit", theme="rural", top=60).recommendations]
    assert scores[5:] == sorted(scores[5:], reverse=True)


@pytest.mark.parametrize("top", [0, -1])
def test_fewer_than_one_recommendation_is_refused(top: int, matcher: Matcher) -> None:
    with pytest.raises(RequestError, match=f"at least one recommendation; top is {top}"):
        matcher.recommend(need="toolkit", top=top)


def test_an_unknown_term_in_a_batch_is_refused_as_it_is_alone(matcher: Matcher) -> None:
    with pytest.raises(UnknownTermError, match="wizzardry"):
        list(matcher.recommend_many([SAMPLE[0], Request(role="wizzardry")]))


@pytest.mark.parametrize(
    ("unreadable", "error", "said"),
    [
        (Request(role="wizzardry"), UnknownTermError, "wizzardry"),
        (Request(role="council", filters=Filters(kinds=("wizzardry",))), UnknownTermError, "wizzardry"),
        (Request(role="council", without=("wizzardry",)), UnknownTermError, "wizzardry"),
        (Request(text="wizzardry " * 6000), RequestError, "too long"),
    ],
    ids=["role", "filter", "without", "text"],
)
def test_what_comes_before_a_request_that_cannot_be_read_is_answered_first(
    unreadable: Request, error: type[RequestError], said: str, matcher: Matcher
) -> None:
    answers = matcher.recommend_many([*SAMPLE[:2], unreadable, SAMPLE[2]])
    assert [next(answers), next(answers)] == [answer(matcher, request) for request in SAMPLE[:2]]
    with pytest.raises(error, match=said):
        next(answers)


def test_so_many_requests_are_taken_at_a_time_that_memory_does_not_grow_with_their_number(matcher: Matcher) -> None:
    waiting = iter([Request(needs=("toolkit",))] * 300)
    next(matcher.recommend_many(waiting))
    assert sum(1 for _ in waiting) == 300 - 128


def test_long_texts_are_taken_one_by_one_so_that_memory_does_not_grow_with_their_number(matcher: Matcher) -> None:
    taken: list[Request] = []

    def asked() -> Iterator[Request]:
        for number in range(3):
            taken.append(Request(text=f"a village hall, {number}. " * 2200))
            yield taken[-1]

    answers = matcher.recommend_many(asked())
    next(answers)
    assert len(taken) == 1
    assert [result.request for result in answers] == taken[1:]


def test_an_answer_names_the_catalogue_that_it_came_from(matcher: Matcher) -> None:
    result = matcher.recommend(need="toolkit")
    assert (result.catalogue_size, result.catalogue_version) == (len(matcher.catalogue), matcher.catalogue.version)


def test_the_version_changes_with_any_entry_and_not_with_their_order(catalogue: Catalogue) -> None:
    first, *others = catalogue.resources
    assert Catalogue(resources=(*others, first)).version == catalogue.version
    assert Catalogue(resources=(replace(first, name="Another name"), *others)).version != catalogue.version


def test_the_version_changes_with_a_grade_and_not_with_the_order_of_graded_terms(catalogue: Catalogue) -> None:
    first, *others = catalogue.resources
    (term, grade), *more = first.grades.themes.items()
    turned = replace(first, grades=replace(first.grades, themes=dict([*more, (term, grade)])))
    other = replace(first, grades=replace(first.grades, themes=dict(more)))
    assert Catalogue(resources=(turned, *others)).version == catalogue.version
    assert Catalogue(resources=(other, *others)).version != catalogue.version


def test_a_catalogue_without_entries_is_refused(matcher: Matcher) -> None:
    with pytest.raises(DataError, match="no sources"):
        over(matcher)


def test_a_catalogue_of_one_entry_is_answered_from(matcher: Matcher) -> None:
    only = over(matcher, matcher.catalogue.resource("community-planning-toolkit"))
    assert found(only.recommend(need="toolkit", theme="community-planning")) == ["community-planning-toolkit"]


def values(result: Result, matcher: Matcher) -> list[tuple[object, str]]:
    entry = result.recommendations[0]
    return [
        (result, "advice"),
        (result.request, "role"),
        (result.request.filters, "free"),
        (result.understood[0], "term"),
        (entry, "score"),
        (entry.contributions[0], "points"),
        (entry.resource, "name"),
        (entry.resource.evidence[0], "url"),
        (matcher.catalogue, "resources"),
        (matcher.taxonomy, "roles"),
        (matcher.taxonomy.roles[0], "prefLabel"),
        (matcher.ranking, "home"),
        (matcher.ranking.weights.words, "value"),
    ]


def test_no_value_can_be_changed(matcher: Matcher) -> None:
    for value, field in values(matcher.recommend(need="toolkit"), matcher):
        with pytest.raises(AttributeError):
            setattr(value, field, None)
