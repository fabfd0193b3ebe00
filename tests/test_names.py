"""Who calls a source by its name wants that source."""

import pytest
from asking import found, over, steadily, variant
from hypothesis import given
from hypothesis import strategies as st

from coprod_match import Matcher, Resource
from coprod_match.engine.names import Names, find_names
from coprod_match.engine.speech import listen

NATIONS = ("Northern Ireland", "Scotland", "Wales")


def names(matcher: Matcher, *given: str) -> Names:
    """The names of entries that are called so; their ids are numbered from 0."""
    base = matcher.catalogue.resources[0]
    return find_names([variant(base, str(number), name=name) for number, name in enumerate(given)], NATIONS)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Community Places", "has Community Places a guide?"),
        ("Community Places", "COMMUNITY   PLACES"),
        ("Community Planning Toolkit - for everyone", "the community planning toolkit, please"),
        ("Carnegie UK (formerly Carnegie UK Trust)", "who are Carnegie UK"),
        ("Co-production Guide: Connecting People", "that Coproduction Guide"),
        ("Children's Neighbourhoods Scotland", "Children’s Neighbourhoods"),
        ("Children's Neighbourhoods Scotland", "Childrens Neighbourhoods Scotland"),
        ("Action for Roads Northern Ireland", "what does Action for Roads do"),
        ("Roads Trust for Northern Ireland", "the Roads Trust"),
        ("The Green Deal", "can we see the Green Deal"),
        ("The Junction", "is The Junction still open"),
        ("Larne Community Planning Partnership - The Larne Agenda", "what is in the Larne Agenda"),
        ("Public Health Agency (PHA)", "a grant from the PHA?"),
        ("Public Health Agency (PHA)", "a person at the Public Health Agency"),
        ("A Guide to Nine Things That Every Newcomer Should Know First", "a guide to nine things that every newcomer"),
    ],
)
def test_a_name_is_heard_in_the_ways_that_people_say_it(name: str, text: str, matcher: Matcher) -> None:
    assert names(matcher, "Something else", name).within(listen(text)) == {"1"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Involve", "how do we involve people"),
        ("New Local", "a new local bin collection"),
        ("Community Places", "is there a community place"),
        ("Movement for Something Clear (MSC)", "an MSc in planning"),
        ("Public Health Agency (PHA)", "WHO AND PHA HELP US"),
        ("Engage - HSC central resource", "how do we engage with people"),
        ("Community Places", "community halls and other places"),
        ("Community Places", "places for the community"),
        ("Public Health Agency (PHA)", "an agency for public health"),
        ("Rural Community Network (RCN)", "WE WANT A RURAL COMMUNITY NETWORK"),
        ("Rural Community Network (RCN)", "we run a rural community network"),
        ("Rural Community Network (RCN)", "our rural community network has fallen out"),
        ("Our Area (NI)", "is there one in NI"),
        ("Some Body (the old one)", "the old one"),
    ],
)
def test_everyday_words_are_not_taken_for_a_name(name: str, text: str, matcher: Matcher) -> None:
    assert names(matcher, name).within(listen(text)) == set()


def test_what_many_say_is_no_name_because_one_nations_is_called_so(matcher: Matcher) -> None:
    base = matcher.catalogue.resources[0]
    entries = [
        variant(base, "ireland", name="The Citizens' Assembly (Ireland)"),
        variant(base, "larne", name="Larne Partnership - Our Community Plan"),
    ]
    heard = find_names(entries, ["Ireland"], {"citizen assembl", "communiti plan"})
    assert heard.within(listen("the Citizens' Assembly on social care, and Our Community Plan")) == set()


def test_all_sources_of_one_name_are_meant(matcher: Matcher) -> None:
    assert names(matcher, "Age Network Wales", "Age Network Scotland").within(listen("an Age Network")) == {"0", "1"}
    assert names(matcher, "Age Network Wales", "Age Network Scotland").within(listen("Age Network Wales")) >= {"0"}


def test_several_names_in_one_text_are_all_heard(matcher: Matcher) -> None:
    heard = names(matcher, "Community Places", "Engage with Age", "Carnegie UK")
    assert heard.within(listen("I rang Community Places, then Engage with Age")) == {"0", "1"}


@steadily
@given(st.text())
def test_any_text_is_listened_to_and_nothing_is_heard_that_is_not_there(matcher: Matcher, text: str) -> None:
    assert names(matcher, "Community Places", "Public Health Agency (PHA)").within(listen(text)) <= {"0", "1"}


def test_every_source_that_is_called_by_its_full_name_is_among_the_first_three(matcher: Matcher) -> None:
    heard = matcher.models.index.names
    called = [
        resource for resource in matcher.catalogue.resources if resource.id in heard.within(listen(resource.name))
    ]
    assert len(called) > len(matcher.catalogue) * 0.8
    missed = [resource.id for resource in called if resource.id not in found(matcher.recommend(text=resource.name))[:3]]
    assert missed == []


@pytest.mark.parametrize("text", ["Outcomes Star", "tell me about CDHN", "what does Tpas Cymru do"])
def test_who_calls_a_source_by_name_is_never_sent_elsewhere(text: str, matcher: Matcher) -> None:
    result = matcher.recommend(text=text)
    assert result.in_scope
    assert "You named it." in result.recommendations[0].reasons


@pytest.fixture(scope="module")
def pair(matcher: Matcher) -> Matcher:
    """Two entries that differ in nothing but their names."""
    toolkit: Resource = matcher.catalogue.resource("community-planning-toolkit")
    return over(
        matcher, variant(toolkit, "a-plain", name="Plain Pages"), variant(toolkit, "b-golden", name="Golden Pages")
    )


def test_of_two_sources_that_are_equally_apt_the_one_that_is_named_comes_first_and_says_so(pair: Matcher) -> None:
    first, second = pair.recommend(text="is there community planning in the Golden Pages").recommendations
    assert (first.resource.id, second.resource.id) == ("b-golden", "a-plain")
    assert "You named it." in first.reasons
    assert [part.feature for part in first.contributions if part.facet == "name"] == ["b-golden"]


def test_who_names_no_source_is_not_said_to_have_named_one(pair: Matcher) -> None:
    for entry in pair.recommend(text="community planning pages").recommendations:
        assert "You named it." not in entry.reasons
        assert "name" not in {part.facet for part in entry.contributions}
