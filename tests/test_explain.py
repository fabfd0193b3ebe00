"""Reasons that a person would give, honest cautions, and an order that an adviser would stand by."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from asking import answer, found, over, requests, steadily, variant
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from coprod_match import Matcher, Recommendation, Resource
from coprod_match.model.catalogue import Grades
from coprod_match.words import words

ASKED = {"need": "toolkit", "theme": "community-planning", "place": "belfast"}
SCOTLAND = ("scotland",)


@pytest.fixture(scope="module")
def toolkit(matcher: Matcher) -> Resource:
    return matcher.catalogue.resource("community-planning-toolkit")


@pytest.fixture(scope="module")
def alike(matcher: Matcher, toolkit: Resource) -> Matcher:
    """A matcher over entries that differ from one another in one thing each."""
    return over(
        matcher,
        variant(toolkit, "plain"),
        variant(toolkit, "historic", status="historic"),
        variant(toolkit, "unknown", status="unknown"),
        variant(toolkit, "unsure", confidence="medium"),
        variant(toolkit, "doubtful", confidence="low"),
        variant(toolkit, "paid", cost="paid"),
        variant(toolkit, "membership", cost="membership"),
        variant(toolkit, "ours", places=("belfast",)),
        variant(toolkit, "theirs", places=("mid-ulster",)),
        variant(toolkit, "uk", jurisdictions=("uk",)),
        variant(toolkit, "scottish", jurisdictions=SCOTLAND),
        variant(toolkit, "scottish-law", jurisdictions=SCOTLAND, kind="law"),
        variant(toolkit, "scottish-policy", jurisdictions=SCOTLAND, kind="policy"),
        variant(toolkit, "scottish-fund", jurisdictions=SCOTLAND, kind="fund"),
        variant(toolkit, "scottish-service", jurisdictions=SCOTLAND, kind="service"),
        variant(toolkit, "our-law", kind="law"),
        variant(toolkit, "many-nations", jurisdictions=("england", "scotland", "wales", "northern-ireland")),
        variant(toolkit, "many-areas", places=("mid-ulster", "moray", "glasgow", "dundee", "belfast")),
    )


@pytest.fixture(scope="module")
def entries(alike: Matcher) -> Mapping[str, Recommendation]:
    return {entry.resource.id: entry for entry in alike.recommend(top=30, **ASKED).recommendations}  # type: ignore[arg-type]


def test_an_entry_in_good_standing_for_ones_own_nation_has_no_cautions(entries: Mapping[str, Recommendation]) -> None:
    assert [entries[id].cautions for id in ("plain", "ours", "uk", "our-law")] == [(), (), (), ()]


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("historic", "It has ended"),
        ("unknown", "could not confirm that it can still be had"),
        ("unsure", "could not confirm every detail"),
        ("doubtful", "could not confirm every detail"),
        ("paid", "You have to pay for it"),
        ("membership", "It is for members"),
        ("theirs", "It serves Mid Ulster: an example for you, not help in your own area"),
        ("scottish", "Written for Scotland: laws and names of bodies will differ in Northern Ireland"),
        ("scottish-law", "the law of Scotland: a model to learn from, not law in Northern Ireland"),
        ("scottish-policy", "policy of Scotland: a model to learn from, not policy in Northern Ireland"),
        ("scottish-fund", "money for Scotland: it is unlikely to fund work in Northern Ireland"),
        ("scottish-service", "Works in Scotland: ask first whether it can help in Northern Ireland"),
    ],
)
def test_what_one_should_know_before_following_an_entry_is_said(
    id: str, said: str, entries: Mapping[str, Recommendation]
) -> None:
    assert len(entries[id].cautions) == 1
    assert said in entries[id].cautions[0]


def test_a_law_needs_no_caution_in_its_own_nation_and_ours_needs_one_there(alike: Matcher) -> None:
    there = alike.recommend(need="toolkit", theme="community-planning", place="scotland", top=30)
    cautions = {entry.resource.id: entry.cautions for entry in there.recommendations}
    assert cautions["scottish-law"] == ()
    assert "not law in Scotland" in cautions["our-law"][0]


def test_another_nations_law_is_a_caution_for_who_does_not_say_where(alike: Matcher) -> None:
    result = alike.recommend(need="toolkit", theme="community-planning", top=30)
    law = next(entry for entry in result.recommendations if entry.resource.id == "scottish-law")
    assert "not law in Northern Ireland" in law.cautions[0]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("ours", "plain"),
        ("plain", "uk"),
        ("uk", "scottish"),
        ("scottish", "theirs"),
        ("plain", "historic"),
        ("plain", "unknown"),
        ("plain", "unsure"),
    ],
)
def test_of_two_entries_that_are_equally_apt_the_nearer_and_surer_comes_first(
    better: str, worse: str, entries: Mapping[str, Recommendation]
) -> None:
    assert entries[better].score > entries[worse].score
    assert entries[better].rank < entries[worse].rank


def test_what_a_source_costs_changes_no_score(entries: Mapping[str, Recommendation]) -> None:
    assert entries["paid"].score == entries["membership"].score == entries["plain"].score


@pytest.mark.parametrize("theme", ["housing", "rural", "participatory-budgeting", "ageing", "environment"])
def test_a_local_source_on_another_subject_never_comes_before_an_apt_one(
    theme: str, matcher: Matcher, unrelated: Matcher
) -> None:
    asked = {"need": "toolkit", "theme": theme, "place": "belfast"}
    label = matcher.taxonomy.term("themes", theme).prefLabel
    for text in (None, f"a toolkit about {label}"):
        assert found(unrelated.recommend(text=text, **asked))[0] == f"apt-{theme}"  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def unrelated(matcher: Matcher, toolkit: Resource) -> Matcher:
    """Distant but apt entries for five themes, and a local one about something else."""
    themes = ["housing", "rural", "participatory-budgeting", "ageing", "environment"]
    apt = [
        variant(
            toolkit,
            f"apt-{theme}",
            name=f"{matcher.taxonomy.term('themes', theme).prefLabel}: a toolkit",
            themes=(theme,),
            jurisdictions=SCOTLAND,
            provider=f"Provider {theme}",
        )
        for theme in themes
    ]
    return over(matcher, *apt, variant(toolkit, "local", places=("belfast",), themes=("group-governance",)))


def test_the_place_is_a_reason_only_for_what_is_local_or_for_the_nation(entries: Mapping[str, Recommendation]) -> None:
    assert "It is local to Belfast." in entries["ours"].reasons
    assert "It covers Northern Ireland." in entries["plain"].reasons
    assert not [reason for reason in entries["scottish"].reasons if "Scotland" in reason or "Belfast" in reason]


def test_a_source_for_many_nations_is_said_to_cover_the_askers_own(entries: Mapping[str, Recommendation]) -> None:
    assert any("Northern Ireland" in reason for reason in entries["many-nations"].reasons)


def test_a_source_for_many_areas_is_said_to_be_local_to_the_askers_own(entries: Mapping[str, Recommendation]) -> None:
    assert any("Belfast" in reason for reason in entries["many-areas"].reasons)


def test_the_help_that_stands_in_is_the_one_that_earned_the_points(matcher: Matcher, toolkit: Resource) -> None:
    entry = variant(
        toolkit, "it", support_types=("legislation", "guidance")
    )  # guidance is near a quick guide; law is not
    reasons = over(matcher, entry).recommend(need="quick-guide", theme="community-planning").recommendations[0].reasons
    assert not any("the law" in reason for reason in reasons)


def test_help_that_only_the_assessors_know_of_is_said_to_be_possible(matcher: Matcher, toolkit: Resource) -> None:
    graded = replace(variant(toolkit, "it", support_types=("library",)), grades=Grades(support_types={"funding": 3}))
    reasons = over(matcher, graded).recommend(need="funding", theme="community-planning").recommendations[0].reasons
    assert "It may also give you money." in reasons


def test_who_asked_for_one_kind_of_help_is_told_what_does_not_give_it(matcher: Matcher, toolkit: Resource) -> None:
    law = variant(toolkit, "law", support_types=("legislation",))
    result = over(matcher, law).recommend(need=["training", "funding"], theme="community-planning")
    (caution,) = result.recommendations[0].cautions
    assert caution == "It does not give you money or training: it is here for its subject."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": "fund", "cost": "paid"}, "It lends money: you pay it back, as a rule with interest."),
        ({"status": "unknown"}, "We could not confirm that it can still be had: check first."),
        ({"status": "unknown", "kind": "service"}, "We could not confirm that it is still running: check first."),
        (
            {"kind": "collection", "jurisdictions": ("uk",)},
            "Gathered in the United Kingdom: laws and names of bodies will differ in Ireland.",
        ),
    ],
)
def test_cautions_suit_the_kind_of_thing(
    changes: dict[str, Any], said: str, matcher: Matcher, toolkit: Resource
) -> None:
    place = "ireland" if "jurisdictions" in changes else "northern-ireland"
    entry = over(matcher, variant(toolkit, "it", **changes)).recommend(need="toolkit", place=place).recommendations[0]
    assert entry.cautions == (said,)


def test_a_reason_names_the_nearest_area_that_a_source_covers(matcher: Matcher, toolkit: Resource) -> None:
    wide = variant(toolkit, "wide", jurisdictions=("international", "uk", "northern-ireland"))
    reasons = over(matcher, wide).recommend(need="toolkit", place="belfast").recommendations[0].reasons
    assert "It covers Northern Ireland." in reasons


def test_things_that_are_several_already_are_parted_by_semicolons(matcher: Matcher, toolkit: Resource) -> None:
    entry = variant(toolkit, "it", themes=("community-engagement", "inclusion"))
    reasons = over(matcher, entry).recommend(theme=["community-engagement", "inclusion"]).recommendations[0].reasons
    assert "It is about community engagement and consultation; and inclusion and wider voices." in reasons


def test_every_entry_has_a_reason_even_if_no_word_is_worth_quoting(matcher: Matcher) -> None:
    entries = matcher.recommend(text="sick of Robert's Rules", top=20).recommendations
    assert "It is close in meaning to what you say." in {reason for entry in entries for reason in entry.reasons}
    assert all(entry.reasons for entry in entries)


@pytest.mark.parametrize(
    "text",
    ["how do we reach beyond the usual suspects", "what should we do about PB", "who can help us with newsletters"],
)
def test_no_reason_quotes_small_words(text: str, matcher: Matcher) -> None:
    quoted = {
        word
        for entry in matcher.recommend(text=text, top=20).recommendations
        for reason in entry.reasons
        for word in re.findall("“(.+?)”", reason)
    }
    assert quoted
    assert quoted.isdisjoint({"how", "do", "we", "what", "should", "about", "who", "can", "us", "with"})


@pytest.mark.parametrize(
    ("text", "everyday"),
    [
        ("only the usual people turn up", "turn"),
        ("the consultation got 4 responses", "got"),
        ("come and help us write a plan", "come"),
    ],
)
def test_no_reason_quotes_words_that_people_use_whatever_they_ask(text: str, everyday: str, matcher: Matcher) -> None:
    result = matcher.recommend(text=text, top=10)
    said = [entry.reasons for entry in result.recommendations] + [[item.said for item in result.understood]]
    assert result.recommendations
    assert not any(everyday in words(line) for lines in said for line in lines)


def test_reasons_quote_words_as_they_were_written(matcher: Matcher) -> None:
    reasons = [
        reason for entry in matcher.recommend(text="PB in Mid Ulster").recommendations for reason in entry.reasons
    ]
    assert "It speaks of “PB”, as you do." in reasons


@steadily
@given(data=st.data())
def test_reasons_name_only_what_earned_points(data: st.DataObject, matcher: Matcher) -> None:
    request = data.draw(requests(matcher.taxonomy))
    taxonomy = matcher.taxonomy
    spoken = set(words(request.text or ""))
    for entry in answer(matcher, request).recommendations:
        earned = {(part.facet, part.feature) for part in entry.contributions}
        facets = {facet for facet, _ in earned}
        assert entry.reasons
        assert len(entry.reasons) <= len(facets)
        for reason in entry.reasons:
            assert {quoted.casefold() for quoted in re.findall("“(.+?)”", reason)} <= spoken
            if reason.startswith(("It is about", "It touches on")):
                labels = {term.prefLabel.lower() for term in taxonomy.themes if ("theme", term.id) in earned}
                assert any(label in reason.lower() for label in labels)
            if reason.startswith("It is meant for"):
                labels = {term.prefLabel.lower() for term in taxonomy.roles if ("role", term.id) in earned}
                assert any(label in reason.lower() for label in labels)
            if reason.startswith("It gives you"):
                assert "support_type" in facets


@steadily
@given(data=st.data())
def test_every_reason_and_caution_is_a_sentence(data: st.DataObject, matcher: Matcher) -> None:
    for entry in answer(matcher, data.draw(requests(matcher.taxonomy))).recommendations:
        for sentence in (*entry.reasons, *entry.cautions):
            assert re.fullmatch(r"[A-Z].*\S\.", sentence), sentence
            assert "{" not in sentence


@pytest.mark.parametrize("place", ["belfast", "western-trust", "northern-ireland", "scotland", "glasgow", "england"])
def test_advice_sends_people_to_the_contact_of_their_own_place_or_the_next_wider(place: str, matcher: Matcher) -> None:
    wider = [place, *matcher.taxonomy.ancestors("places", place)]
    contact = next(id for at in wider if (id := matcher.taxonomy.place(at).contact))
    advice = matcher.recommend(need="toolkit", place=place).advice
    assert advice is not None
    assert advice.endswith(matcher.catalogue.resource(contact).url)


def test_advice_is_a_next_step_where_something_fits_and_the_answer_where_nothing_does(matcher: Matcher) -> None:
    some, nothing = matcher.recommend(need="toolkit").advice, matcher.recommend(text="qwertyuiop").advice
    assert some is not None
    assert nothing is not None
    assert some.startswith("Nothing quite right? Ask ")
    assert nothing.startswith("You could ask ")


def test_there_is_no_advice_where_the_catalogue_has_nobody_to_ask(alike: Matcher) -> None:
    assert alike.recommend(need="toolkit", theme="community-planning").advice is None
