"""A list that is rounded out: many bodies and sorts of help where they are nearly as good, nothing good given up."""

from collections import Counter
from collections.abc import Sequence

import pytest
from asking import answer, found, over, variant
from msgspec.structs import replace

from coprod_match import Matcher, Request, Resource, Result
from coprod_match.files.load import load_judgements

ASKED = "beekeeping for allotment holders"


def entries(base: Resource, provider: str, letter: str, count: int, summary: str, **changes: object) -> list[Resource]:
    """Entries of one provider that say the same."""
    said = {"name": "An entry", "summary": summary, "terms": (), "questions": (), "provider": provider} | changes
    return [variant(base, f"{letter}{number}", **said) for number in range(1, count + 1)]


def listed(matcher: Matcher, resources: Sequence[Resource]) -> list[str]:
    """The ids of the first five for the request."""
    return found(answer(over(matcher, *resources), Request(text=ASKED, needs=("toolkit",), role="council")))


@pytest.fixture(scope="module")
def base(matcher: Matcher) -> Resource:
    return next(resource for resource in matcher.catalogue.resources if resource.kind == "toolkit")


@pytest.fixture(scope="module")
def both(matcher: Matcher) -> list[tuple[Result, Result]]:
    """The answers to the judged requests in full, with and without a wish for variety."""
    nothing = replace(matcher.ranking.rounding.same_sort, value=0.0)
    plain = replace(
        matcher.ranking, rounding=replace(matcher.ranking.rounding, same_provider=nothing, same_sort=nothing)
    )
    indifferent = Matcher(matcher.catalogue, matcher.taxonomy, plain, matcher.models)
    judged = load_judgements(None, matcher.catalogue, matcher.taxonomy).in_scope
    requests = [Request(role=one.role, place=one.place, text=one.text) for one in judged]
    return list(zip(matcher.recommend_many(requests), indifferent.recommend_many(requests), strict=True))


def repeats(result: Result) -> int:
    """How many of the entries are of a provider that stands further up."""
    providers = Counter(entry.resource.provider for entry in result.recommendations)
    return sum(providers.values()) - len(providers)


def test_equal_entries_of_one_provider_leave_room_for_others(matcher: Matcher, base: Resource) -> None:
    apt = "Beekeeping for allotment holders"
    crowd, others = entries(base, "Hive House", "a", 6, apt), entries(base, "Comb Corner", "z", 2, apt)
    assert {"z1", "z2"} <= set(listed(matcher, [*crowd, *others]))


def test_entries_of_one_provider_that_are_twice_as_good_stay_before_another(matcher: Matcher, base: Resource) -> None:
    crowd = entries(base, "Hive House", "a", 4, "Beekeeping for allotment holders")
    other = entries(base, "Comb Corner", "z", 1, "Beekeeping for theatres", support_types=("training",))
    assert listed(matcher, [*crowd, *other]) == ["a1", "a2", "a3", "a4", "z1"]


def test_the_best_entry_always_comes_first(both: list[tuple[Result, Result]]) -> None:
    for rounded, plain in both:
        assert found(rounded)[:1] == found(plain)[:1]


def test_rounding_repeats_providers_less(both: list[tuple[Result, Result]]) -> None:
    assert sum(repeats(rounded) for rounded, _ in both) < sum(repeats(plain) for _, plain in both)
    assert all(repeats(rounded) <= repeats(plain) for rounded, plain in both)


def test_nothing_is_lost_that_is_clearly_better_than_what_is_shown(both: list[tuple[Result, Result]]) -> None:
    for rounded, plain in both:
        lost = [entry.score for entry in plain.recommendations if entry.resource.id not in found(rounded)]
        least = min(entry.score for entry in rounded.recommendations)
        assert all(score < 1.25 * least for score in lost)


def test_rounding_changes_places_and_never_a_score(both: list[tuple[Result, Result]]) -> None:
    for rounded, plain in both:
        before = {entry.resource.id: entry.score for entry in plain.recommendations}
        assert all(
            entry.score == before[entry.resource.id] for entry in rounded.recommendations if entry.resource.id in before
        )
