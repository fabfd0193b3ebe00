"""Learning weights from judgements: made-up ones, where the answer is known."""

from collections.abc import Callable

import pytest
from asking import over, variant
from msgspec import structs

from coprod_match import DataError, Matcher
from coprod_match.evaluation.tune import PARTS, Proposal, tune
from coprod_match.model.judgements import JudgedRequest, Judgements

CRAFTS = ("beekeeping", "pottery", "sailing", "knitting", "archery", "falconry", "juggling")
ROLES = ("council", "funder")

Useful = Callable[[int, int], bool]
"""Whether an entry is useful for a request, by their numbers."""


def craft(request: int, entry: int) -> bool:
    """The entry is about the craft that the request names."""
    return entry == request % len(CRAFTS)


def role(request: int, entry: int) -> bool:
    """The entry is for the sort of person who asks."""
    return entry % 2 == request // len(CRAFTS) % 2


def mostly_role(request: int, entry: int) -> bool:
    """The entry is for that sort of person, and for one in seven it is about the craft."""
    return craft(request, entry) if request % len(CRAFTS) == 0 else role(request, entry)


def requests(count: int, useful: Useful) -> Judgements:
    """Requests that name a craft and a role in turn."""
    return Judgements(
        requests=tuple(
            JudgedRequest(
                id=f"r{number:02}",
                text=f"{CRAFTS[number % len(CRAFTS)]} guide",
                role=ROLES[number // len(CRAFTS) % 2],
                in_scope=True,
                grades={f"e{entry}": 3 if useful(number, entry) else 0 for entry in range(len(CRAFTS))},
            )
            for number in range(count)
        )
    )


def learn(matcher: Matcher, judgements: Judgements) -> Proposal:
    return tune(matcher, judgements, lambda done: None)


@pytest.fixture(scope="module")
def crafts(matcher: Matcher) -> Matcher:
    """A catalogue of entries that differ in one word, and in whom they are for."""
    base = next(resource for resource in matcher.catalogue.resources if resource.kind == "toolkit")
    alike = {"name": "An entry", "provider": "A body", "terms": (), "questions": (), "themes": ("rural",)}
    return over(
        matcher,
        *(
            variant(base, f"e{number}", summary=f"{craft} guide", roles=(ROLES[number % 2],), **alike)
            for number, craft in enumerate(CRAFTS)
        ),
    )


def test_where_only_words_matter_only_words_get_weight(crafts: Matcher) -> None:
    weights = learn(crafts, requests(28, craft)).weights
    assert weights["words"] == 1
    assert all(weights[part] < 0.05 for part in PARTS if part not in ("words", "meaning"))


def test_where_roles_matter_most_they_outweigh_words(crafts: Matcher) -> None:
    weights = learn(crafts, requests(28, mostly_role)).weights
    assert weights["words"] == 1
    assert weights["role"] > 1
    assert weights["place"] < 0.05


def test_where_words_do_not_matter_the_weights_stay_of_a_size_that_a_file_can_hold(crafts: Matcher) -> None:
    weights = learn(crafts, requests(28, role)).weights
    assert weights["role"] == max(weights.values())
    assert max(weights.values()) <= 10


def test_no_weight_is_below_zero_even_when_judges_punish_a_part(crafts: Matcher) -> None:
    weights = learn(crafts, requests(28, lambda request, entry: craft(request, entry) and not role(request, entry)))
    assert min(weights.weights.values()) == 0


@pytest.mark.parametrize("count", [4, 13, 28])
def test_each_request_is_left_out_of_the_learning_once_a_repeat(crafts: Matcher, count: int) -> None:
    # every list is perfect whatever is learnt, so a request that is left out more or less often shows in the mean
    for value in learn(crafts, requests(count, craft)).learnt.values():
        assert [value.low, value.mean, value.high] == pytest.approx([1, 1, 1])


def test_judgements_are_not_used_for_the_request_that_is_left_out(crafts: Matcher) -> None:
    # two requests that contradict each other: learning from one alone gives the wrong answer for the other
    by_craft, by_role = requests(2, craft).requests[0], requests(2, role).requests[1]
    proposal = learn(crafts, Judgements(requests=(by_craft, by_role)))
    for name, value in proposal.learnt.items():
        assert value.mean < 1, name


def test_a_gain_is_what_was_learnt_less_what_is_now(crafts: Matcher) -> None:
    proposal = learn(crafts, requests(28, mostly_role))
    for name, gain in proposal.gain.items():
        assert gain.mean == pytest.approx(proposal.learnt[name].mean - proposal.now[name].mean)
        assert gain.mean > 0


def test_requests_out_of_scope_teach_nothing(crafts: Matcher) -> None:
    some = requests(14, mostly_role)
    declined = JudgedRequest(id="declined", text="recipe for scones", in_scope=False)
    more = Judgements(requests=(*some.requests, declined))
    assert learn(crafts, more) == learn(crafts, some)


def test_a_part_that_no_request_uses_changes_no_place(crafts: Matcher) -> None:
    sensitivity = learn(crafts, requests(14, craft)).sensitivity
    assert set(sensitivity) == set(PARTS)
    assert all(0 <= share <= 1 for share in sensitivity.values())
    assert sensitivity["theme"] == 0  # all entries are of one theme


def graded(judgements: Judgements, change: Callable[[int], int | None]) -> Judgements:
    """The requests with other grades; without those that become None."""
    return Judgements(
        requests=tuple(
            structs.replace(
                request,
                grades={id: new for id, grade in request.grades.items() if (new := change(grade)) is not None},
            )
            for request in judgements.requests
        )
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda grade: grade or None, "all sources have the same grade"),  # only the one that is useful
        (lambda grade: 0, "all sources have the same grade"),
        (lambda grade: None, "all sources have the same grade"),
        (lambda grade: 3 - grade, "are not graded higher"),
        (lambda grade: 3 if grade else 2, "one sort is missing"),
        (lambda grade: 1 if grade else 0, "one sort is missing"),
    ],
    ids=["only the useful ones", "nothing useful", "nothing graded", "upside down", "all useful", "none quite useful"],
)
def test_judgements_that_teach_nothing_are_told_with_what_they_lack(
    change: Callable[[int], int | None], said: str, crafts: Matcher
) -> None:
    with pytest.raises(DataError, match=said) as caught:
        learn(crafts, graded(requests(14, craft), change))
    assert all(problem.hint for problem in caught.value.problems)


def test_requests_without_grades_teach_nothing_and_do_no_harm(crafts: Matcher) -> None:
    some = requests(14, mostly_role)
    ungraded = JudgedRequest(id="ungraded", text="sailing guide", in_scope=True)
    more = learn(crafts, Judgements(requests=(*some.requests, ungraded)))
    assert more.weights == learn(crafts, some).weights
