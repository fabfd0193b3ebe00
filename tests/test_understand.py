"""What a request is taken to mean: what was given, what its words say, and what is assumed."""

from collections.abc import Mapping, Sequence

import pytest
from asking import answer, found, requests, steadily
from hypothesis import given
from hypothesis import strategies as st

from coprod_match import Matcher, Request, RequestError, Understood, UnknownTermError
from coprod_match.words import words

SURE = 0.7  # what is said in so many words counts 0.8, a mere guess mostly less


def sure(understood: Sequence[Understood]) -> Mapping[str, set[str]]:
    """The terms of each facet that the engine is more sure of than not."""
    terms: dict[str, set[str]] = {"role": set(), "support_type": set(), "theme": set(), "place": set()}
    for item in understood:
        if item.confidence >= SURE:
            terms[item.facet].add(item.term)
    return terms


def test_a_sentence_given_as_a_need_is_read_as_free_text(matcher: Matcher) -> None:
    sentence = "how do we reach beyond the usual suspects"
    as_need, as_text = matcher.recommend(need=sentence), matcher.recommend(text=sentence)
    assert "inclusion" in sure(as_need.understood)["theme"]
    assert as_need.recommendations == as_text.recommendations


def test_a_sentence_given_as_a_theme_is_read_as_free_text(matcher: Matcher) -> None:
    sentence = "young people never come to our meetings"
    assert matcher.recommend(theme=sentence).recommendations == matcher.recommend(text=sentence).recommendations


def test_a_theme_given_as_a_need_is_read_as_a_theme_and_said(matcher: Matcher) -> None:
    read = [item for item in matcher.recommend(need="rural").understood if item.source != "place: assumed"]
    assert [(item.facet, item.term, item.source) for item in read] == [("theme", "rural", "need: rural")]


def test_a_need_given_as_a_theme_is_read_as_a_need(matcher: Matcher) -> None:
    assert sure(matcher.recommend(theme="toolkit").understood)["support_type"] == {"toolkit"}


def test_several_needs_and_themes_are_all_understood_once(matcher: Matcher) -> None:
    result = matcher.recommend(need=["toolkit", "training", "toolkits"], theme=["rural", "Housing", "countryside"])
    assert sorted(item.term for item in result.understood if item.source != "place: assumed") == [
        "housing",
        "rural",
        "toolkit",
        "training",
    ]


@pytest.mark.parametrize(
    ("text", "facet", "term"),
    [
        ("I'm a councillor and new to all this", "role", "elected-member"),
        ("we are a residents' association", "role", "community-group"),
        ("which TOOLKIT should we use?", "support_type", "toolkit"),
        ("money for our hall", "support_type", "funding"),
        ("PB", "theme", "participatory-budgeting"),
        ("how does P.B. work", "theme", "participatory-budgeting"),
        ("pb, for beginners", "theme", "participatory-budgeting"),
        ("where is it done in NI?", "place", "northern-ireland"),
        ("a group in Omagh", "place", "fermanagh-and-omagh"),
        ("our council is ABC", "place", "armagh-city-banbridge-and-craigavon"),
        ("a group in Co Antrim", "place", "northern-ireland"),
        ("a group in Co. Antrim", "place", "northern-ireland"),
        ("a group in County Antrim", "place", "northern-ireland"),
        ("مرحبا toolkit شكرا", "support_type", "toolkit"),
        ("😀 toolkit 👍", "support_type", "toolkit"),
        ("\x00a \x1btoolkit\x07\x1b[0m", "support_type", "toolkit"),
    ],
)
def test_a_term_that_a_text_names_is_understood(text: str, facet: str, term: str, matcher: Matcher) -> None:
    assert sure(matcher.recommend(text=text).understood)[facet] == {term}


def test_what_was_understood_quotes_the_words_of_the_text(matcher: Matcher) -> None:
    text = "is there co-design for groups in co fermanagh and béal feirste?"
    for item in matcher.recommend(text=text).understood:
        if item.source.startswith("text: ") and item.confidence >= SURE:
            assert item.source.removeprefix("text: ") in " ".join(words(text))


@pytest.mark.parametrize(
    "text",
    [
        "not another one day course",
        "We don't want training",
        "we don’t need training",
        "no more training",
        "sick of training",
        "We don't want training. A toolkit would do",
        "a handbook rather than training",
        "a handbook instead of a course",
    ],
)
def test_what_is_not_wanted_is_not_read_as_a_need(text: str, matcher: Matcher) -> None:
    assert "training" not in {item.term for item in matcher.recommend(text=text, place="ni").understood}


@pytest.mark.parametrize(
    "text",
    [
        "Not another one day course, we need a toolkit",
        "We don't want training. A toolkit would do",
        "We are not a large group but we need a toolkit",
        "this is not an urgent request and we are after a toolkit",
    ],
)
def test_what_is_wanted_is_still_read_beside_a_negation(text: str, matcher: Matcher) -> None:
    assert sure(matcher.recommend(text=text).understood)["support_type"] == {"toolkit"}


def test_who_wants_not_just_one_thing_is_surest_to_want_the_other(matcher: Matcher) -> None:
    understood = matcher.recommend(text="a toolkit, not just a course").understood
    assert next(item.term for item in understood if item.facet == "support_type") == "toolkit"


def test_greetings_and_thanks_change_nothing_that_is_sure(matcher: Matcher) -> None:
    plain = matcher.recommend(text="We need a toolkit on rural isolation.")
    polite = matcher.recommend(text="Hello there! We need a toolkit on rural isolation. Many thanks, Ann")
    assert sure(polite.understood) == sure(plain.understood)


@pytest.mark.parametrize("text", ["Hello there, hope you are all well! thanks so much", "ok", "hi", "lol 😀"])
def test_chatter_is_never_answered_with_confidence(text: str, matcher: Matcher) -> None:
    assert matcher.recommend(text=text).confidence in ("weak", "none")


@pytest.mark.parametrize("text", ["مرحبا كيف حالك", "qwertyuiop zxcvbnm", "the"])
def test_a_text_about_nothing_here_brings_nothing_and_says_whom_to_ask(text: str, matcher: Matcher) -> None:
    result = matcher.recommend(text=text)
    assert (result.confidence, result.recommendations) == ("none", ())
    assert result.advice is not None
    assert "https://" in result.advice


@pytest.mark.parametrize("text", [None, "", "  \n\t", "😀😀", "\x00\x01\x1b", "…!?", "\u200f\u202e"])
def test_a_request_that_says_nothing_is_a_helpful_error(text: str | None, matcher: Matcher) -> None:
    with pytest.raises(RequestError, match="Please say what you need: a role, a kind of help"):
        matcher.recommend(text=text)


@pytest.mark.parametrize("blank", ["", "\t \n"])
@pytest.mark.parametrize("field", ["role", "need", "theme", "place", "text"])
def test_a_blank_value_is_as_good_as_none(field: str, blank: str, matcher: Matcher) -> None:
    given: dict[str, str] = {"need": "toolkit", "role": "council"} | {field: blank}
    said = {name: value for name, value in given.items() if value.strip()}
    with_blank = matcher.recommend(**given)  # type: ignore[arg-type]
    assert found(with_blank) == found(matcher.recommend(**said))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "unit"),
    [("text", "x"), ("text", "a."), ("text", "not a "), ("text", "co "), ("need", "toolkit "), ("theme", "😀 a ")],
)
def test_a_megabyte_of_text_is_one_clear_error(field: str, unit: str, matcher: Matcher) -> None:
    with pytest.raises(RequestError) as caught:
        matcher.recommend(**{field: unit * (1_000_000 // len(unit))})  # type: ignore[arg-type]
    assert len(str(caught.value)) < 1000


def test_a_long_letter_is_read(matcher: Matcher) -> None:
    letter = "We would like some help with our meetings. " * 1000 + "Have you a toolkit?"
    assert "toolkit" in sure(matcher.recommend(text=letter).understood)["support_type"]


def test_who_does_not_say_where_is_taken_to_be_at_home(matcher: Matcher) -> None:
    places = [item for item in matcher.recommend(need="toolkit").understood if item.facet == "place"]
    assert [(item.term, item.source) for item in places] == [(matcher.ranking.home, "place: assumed")]


def test_a_place_that_is_given_stands_in_place_of_home(matcher: Matcher) -> None:
    places = [item for item in matcher.recommend(need="toolkit", place="Glasgow").understood if item.facet == "place"]
    assert [(item.term, item.source) for item in places] == [("glasgow", "place: Glasgow")]


def test_who_names_a_place_beyond_the_nation_is_at_home_and_wants_something_from_there(matcher: Matcher) -> None:
    result = matcher.recommend(text="good examples from Glasgow")
    places = [item.term for item in result.understood if item.facet == "place"]
    assert places == [matcher.ranking.home, "glasgow"]


def test_who_wants_something_from_here_does_not_want_it_from_elsewhere(matcher: Matcher) -> None:
    result = matcher.recommend(text="all we get shown is Scottish, we want examples from here")
    assert [item.term for item in result.understood if item.facet == "place"] == [matcher.ranking.home]


def test_who_names_a_trust_and_the_nation_is_sent_to_the_trust(matcher: Matcher) -> None:
    assert places(matcher, "community work in the Western Trust in Northern Ireland") == {"western-trust"}


def test_a_request_without_words_is_taken_to_be_about_what_the_service_is_for(matcher: Matcher) -> None:
    themes = {item.term for item in matcher.recommend(role="council").understood if item.facet == "theme"}
    assert themes == set(matcher.ranking.subject)


def test_no_subject_is_assumed_where_one_is_given(matcher: Matcher) -> None:
    assert sure(matcher.recommend(role="council", theme="housing").understood)["theme"] == {"housing"}


def test_what_is_given_outright_is_not_doubted_for_what_the_text_says(matcher: Matcher) -> None:
    read = sure(matcher.recommend(role="funder", need="training", text="a councillor wants a toolkit").understood)
    assert (read["role"], read["support_type"]) == ({"funder"}, {"training"})


@steadily
@given(data=st.data())
def test_what_was_understood_of_any_request_names_real_terms_once(data: st.DataObject, matcher: Matcher) -> None:
    schemes = {"role": "roles", "support_type": "support_types", "theme": "themes", "place": "places"}
    understood = answer(matcher, data.draw(requests(matcher.taxonomy)), top=1).understood
    for item in understood:
        assert matcher.taxonomy.term(schemes[item.facet], item.term).prefLabel == item.label
        assert 0 < item.confidence <= 1
    assert len({(item.facet, item.term) for item in understood}) == len(understood)
    assert any(item.facet == "place" for item in understood)


@steadily
@given(st.text(max_size=200))
def test_any_text_with_a_word_in_it_is_answered_and_any_other_is_refused(matcher: Matcher, text: str) -> None:
    if words(text):
        assert len(answer(matcher, Request(text=text)).recommendations) <= 5
    else:
        with pytest.raises(RequestError, match="Please say what you need"):
            answer(matcher, Request(text=text))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("I'm a carer", "service-users"),
        ("As a councillor I get asked this a lot", "elected-member"),
        ("we are one of the residents who object", "community-group"),
        ("I work for the council and need help", "council"),
        ("Councillor in Fermanagh, the buses are cut", "elected-member"),
        ("Community group here, how do we begin", "community-group"),
        ("we want residents to decide", None),
        ("how do we get carers and councillors into one room", None),
        ("our council never listens", None),
        ("Councillors in Belfast never listen", None),
    ],
)
def test_a_role_is_read_only_where_the_asker_says_that_it_is_theirs(
    text: str, role: str | None, matcher: Matcher
) -> None:
    assert sure(matcher.recommend(text=text).understood)["role"] == ({role} if role else set())


def places(matcher: Matcher, text: str, place: str | None = None) -> set[str]:
    return sure(matcher.recommend(text=text, place=place).understood)["place"]


@pytest.mark.parametrize(
    "text",
    [
        "PB for beginners, nothing in Scotland please",
        "PB for beginners, not Scottish",
        "PB for beginners, not from Scotland",
        "they do PB in Scotland, we want one of our own",
    ],
)
def test_a_nation_from_which_nothing_is_wanted_is_not_read_as_a_wish(text: str, matcher: Matcher) -> None:
    assert places(matcher, text) == {"northern-ireland"}


def test_our_own_does_not_take_back_a_nation_that_was_named(matcher: Matcher) -> None:
    assert "scotland" in places(matcher, "is there PB in Scotland that we can copy in our own town?")


def test_the_first_place_is_where_the_asker_is_whatever_else_is_named(matcher: Matcher) -> None:
    result = matcher.recommend(text="We are in Omagh. Is participatory budgeting done in England?")
    assert {item.term for item in result.understood if item.facet == "place"} == {"england", "fermanagh-and-omagh"}
    assert "Fermanagh" in (result.advice or "")


@pytest.mark.parametrize(
    "text", ["a room for no more than 20 people and a facilitator", "no more than one facilitator"]
)
def test_no_more_than_refuses_nothing(text: str, matcher: Matcher) -> None:
    assert "facilitation" in sure(matcher.recommend(text=text).understood)["support_type"]


def test_a_source_that_is_named_and_not_wanted_is_not_listed(matcher: Matcher) -> None:
    asked = "software for online consultation"
    assert "citizen-space" in found(matcher.recommend(text=asked, top=10))
    assert "citizen-space" not in found(matcher.recommend(text=f"{asked}, not Citizen Space", top=10))


@pytest.mark.parametrize("refusal", ["not {}", "Not {}", "NOT {}", "except {}", "anything but {}", "other than {}"])
def test_a_source_that_is_refused_by_name_is_neither_listed_nor_advised(refusal: str, matcher: Matcher) -> None:
    name = "Belfast Community Planning Partnership"
    result = matcher.recommend(text=f"help with community planning in Belfast, {refusal.format(name)}", top=20)
    assert result.recommendations
    assert "cpp-belfast-agenda" not in found(result)
    assert name not in (result.advice or "")


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Not Just Consultation But Co-production Please", "co-production"),
        ("Not Sure Where To Start With Community Planning", "community-planning"),
        ("Why Not Try Participatory Budgeting?", "participatory-budgeting"),
        ("WE ARE NOT GETTING ANYWHERE WITH PARTICIPATORY BUDGETING pls help", "participatory-budgeting"),
    ],
)
def test_what_follows_a_not_is_refused_only_if_it_is_a_name(text: str, theme: str, matcher: Matcher) -> None:
    result = matcher.recommend(text=text)
    assert result.in_scope
    assert theme in sure(result.understood)["theme"]


def test_in_a_text_all_in_capitals_no_word_is_taken_for_a_name_that_is_refused(matcher: Matcher) -> None:
    result = matcher.recommend(text="WE ARE NOT A COUNCIL BUT NEED A TOOLKIT")
    assert "toolkit" in sure(result.understood)["support_type"]


def test_a_theme_that_was_given_is_sure_and_what_else_the_words_speak_of_counts_beside_it(matcher: Matcher) -> None:
    understood = matcher.recommend(theme="rural", text="our youth club has nobody under 40 on its committee").understood
    confidences = {item.term: item.confidence for item in understood if item.facet == "theme"}
    assert confidences["rural"] == 1.0
    assert 0 < confidences["children-young-people"] < 1.0


def test_where_a_kind_of_help_was_given_no_other_is_guessed(matcher: Matcher) -> None:
    understood = matcher.recommend(need="funding", text="who could come and chair our meeting").understood
    assert [item.term for item in understood if item.facet == "support_type"] == ["funding"]


@pytest.mark.parametrize("way", ["rural", "Rural communities", "countryside"])
def test_what_the_words_do_not_mean_can_be_taken_back(way: str, matcher: Matcher) -> None:
    asked = "how do we get our village hall back from the council"
    before, after = (matcher.recommend(text=asked, without=without).understood for without in ((), way))
    assert [item for item in before if item.term != "rural"] == list(after)
    assert len(after) < len(before)


def test_each_term_takes_back_itself_alone(matcher: Matcher) -> None:
    asked = "an evaluation of our village hall, funding for it, and training to run it well for older people"
    read = {item.term for item in matcher.recommend(text=asked).understood if item.facet in ("support_type", "theme")}
    assert len(read) > 5
    for term in read:
        left = matcher.recommend(text=asked, without=term).understood
        assert {item.term for item in left if item.facet in ("support_type", "theme")} == read - {term}


def test_what_is_taken_back_twice_is_said_once(matcher: Matcher) -> None:
    result = matcher.recommend(text="our village hall", without=["rural", "countryside", "Rural communities"])
    assert [term.id for term in result.not_meant] == ["rural"]


def test_blanks_take_nothing_back_and_an_unknown_word_says_what_is_near(matcher: Matcher) -> None:
    assert matcher.recommend(text="a toolkit", without=["", "  "]).not_meant == ()
    with pytest.raises(UnknownTermError, match=r"without: “fundng xyz” is not one that we know\. Did you mean funding"):
        matcher.recommend(text="a toolkit", without="fundng xyz")


def test_what_was_assumed_can_be_taken_back_too(matcher: Matcher) -> None:
    result = matcher.recommend(role="council", without=["co-production", "community planning"])
    assert [item for item in result.understood if item.facet == "theme"] == []
    assert [term.id for term in result.not_meant] == ["co-production", "community-planning"]


def test_what_was_given_outright_stays_whatever_is_taken_back(matcher: Matcher) -> None:
    understood = matcher.recommend(theme="rural", text="a village hall", without="rural").understood
    assert next((item.term, item.asked_as) for item in understood if item.facet == "theme") == ("rural", "theme")


@pytest.mark.parametrize("field", ["role", "need", "theme", "place", "without"])
def test_a_value_without_a_word_is_an_error_that_names_it(field: str, matcher: Matcher) -> None:
    with pytest.raises(UnknownTermError, match=f"{field}: “\\?\\?\\?” is not one that we know"):
        matcher.recommend(text="a toolkit", **{field: "???"})  # type: ignore[arg-type]


def test_where_something_is_wanted_does_not_bring_what_is_merely_of_that_place(matcher: Matcher) -> None:
    result = matcher.recommend(text="grants for Derry", top=10)
    earned = [part.feature for entry in result.recommendations for part in entry.contributions if part.facet == "words"]
    assert "grant" in earned
    assert "derri" not in earned
    assert [entry.resource.support_types[0] for entry in result.recommendations[:2]] == ["funding", "funding"]


def test_a_place_in_the_name_of_a_source_is_part_of_its_name(matcher: Matcher) -> None:
    named = matcher.recommend(text="is the What Works Scotland material still online?").recommendations[0]
    assert named.resource.id == "what-works-scotland"
    assert "scotland" in [part.feature for part in named.contributions if part.facet == "words"]


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("travel costs for people on our panel", "equality-rights"),  # Travellers
        ("a forum for ages 14 to 18", "ageing"),
        ("a development worker for our group", "land-use-planning"),  # developers
    ],
)
def test_a_word_is_not_read_as_a_label_of_the_same_stem(text: str, theme: str, matcher: Matcher) -> None:
    assert theme not in sure(matcher.recommend(text=text).understood)["theme"]


def test_what_the_asker_runs_is_not_what_they_ask_for(matcher: Matcher) -> None:
    for text in (
        "We run a rural community network and want a facilitator",
        "We are a group wanting facilitation",
        "our community network has fallen out, who is a mediator",
    ):
        assert sure(matcher.recommend(text=text).understood)["support_type"] == {"facilitation"}


def test_who_gives_a_kind_of_help_speaks_of_it_without_asking_for_it(matcher: Matcher) -> None:
    def money(role: str) -> float:
        understood = matcher.recommend(role=role, text="can our grant holders pay people to take part?").understood
        return next(item.confidence for item in understood if item.term == "funding")

    assert money("funder") == money("council") / 2
    outright = matcher.recommend(role="funder", need="funding", text="grants").understood
    assert next(item.confidence for item in outright if item.term == "funding") == 1


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ("BT48 7AA", "derry-city-and-strabane"),
        ("near Omagh", "fermanagh-and-omagh"),
        ("Falls Road, Belfast", "belfast"),
        ("Northern Ireland, Newry", "newry-mourne-and-down"),
        ("Waterside", "derry-city-and-strabane"),
        ("BT487AA", "derry-city-and-strabane"),
        ("Antrim Road, Belfast", "belfast"),
    ],
)
def test_a_place_is_heard_among_other_words(given: str, place: str, matcher: Matcher) -> None:
    assert places(matcher, "how do we begin", place=given) == {place}


@pytest.mark.parametrize("place", ["I want to kill myself", "suicidal in Derry"])
def test_danger_is_heard_in_what_is_given_as_a_place(place: str, matcher: Matcher) -> None:
    result = matcher.recommend(place=place, need="toolkit")
    assert "999" in (result.notice or "")


def test_a_place_abroad_that_is_smaller_than_its_nation_still_counts_as_a_word(matcher: Matcher) -> None:
    def earned(text: str) -> set[str]:
        entries = matcher.recommend(text=text).recommendations
        return {part.feature for entry in entries for part in entry.contributions if part.facet == "words"}

    assert "wigan" in earned("examples like Wigan")


@pytest.mark.parametrize("text", ["Belfast", "in Derry please", "Scotland"])
def test_a_text_that_names_only_a_place_brings_what_is_there(text: str, matcher: Matcher) -> None:
    result = matcher.recommend(text=text)
    assert result.confidence == "strong"
