"""Slips of the pen in people's own words."""

import pytest
from asking import steadily
from hypothesis import given
from hypothesis import strategies as st

from coprod_match import Matcher
from coprod_match.engine.speech import Speech, listen
from coprod_match.words import stems


def mended(matcher: Matcher, text: str) -> Speech:
    return matcher.models.spelling.mend(listen(text), matcher.models.lexicon)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("goverment", "government"),
        ("assosiation", "association"),
        ("volunter", "volunteer"),
        ("Enniskilen", "Enniskillen"),
        ("comittee", "committee"),
        ("commuinty", "community"),  # two letters that changed places are one slip
        ("meetin", "meeting"),
    ],
)
def test_a_misspelt_word_is_read_as_the_one_that_was_meant(written: str, meant: str, matcher: Matcher) -> None:
    assert mended(matcher, f"our {written} here").stems == listen(f"our {meant} here").stems


@pytest.mark.parametrize("text", ["our goverment here", "our government here", "Sick of it.", "😀", ""])
def test_the_stems_of_a_text_are_mended_as_the_text_is(text: str, matcher: Matcher) -> None:
    assert matcher.models.spelling.mended_stems(text, matcher.models.lexicon) == mended(matcher, text).stems


@pytest.mark.parametrize(
    "text",
    [
        "polytunnels",
        "orthodontist",  # like nothing that people ask about
        "noses",  # too short: a letter away from “notes”
        "decade",  # with so few letters, another letter makes another word: “decide”
        "particpatry",  # two slips
        "Xcommunity",  # nobody slips at the first letter
        "flight",  # used in the taxonomy, though “fight” is said more often
        "counsellor",
        "",
        "???",
    ],
)
def test_a_word_that_is_known_short_or_like_no_other_stays_as_it_is(text: str, matcher: Matcher) -> None:
    assert mended(matcher, text).stems == listen(text).stems


@steadily
@given(st.data())
def test_a_word_that_the_data_use_is_never_corrected(matcher: Matcher, data: st.DataObject) -> None:
    resource = data.draw(st.sampled_from(matcher.catalogue.resources))
    term = data.draw(st.sampled_from([*matcher.taxonomy.themes, *matcher.taxonomy.support_types]))
    text = f"{resource.summary} {term.scopeNote} {' '.join(term.labels)}"
    assert mended(matcher, text).stems == stems(text)


@steadily
@given(st.text())
def test_any_text_keeps_its_words_and_their_number(matcher: Matcher, text: str) -> None:
    before, after = listen(text), mended(matcher, text)
    assert (after.text, after.spelt, after.words) == (before.text, before.spelt, before.words)
    assert len(after.stems) == len(before.stems)


def test_what_was_understood_is_quoted_as_it_was_written(matcher: Matcher) -> None:
    understood = matcher.recommend(text="comunity planning, whats that?").understood
    said = {item.said for item in understood if item.term == "community-planning"}
    assert said == {"comunity planning"}


def test_a_request_with_slips_gets_the_list_that_it_would_get_without_them(matcher: Matcher) -> None:
    slips = matcher.recommend(text="training for our residents assosiation on participatery bugdeting in Enniskilen")
    right = matcher.recommend(text="training for our residents association on participatory budgeting in Enniskillen")
    assert [(entry.resource.id, entry.score) for entry in slips.recommendations] == [
        (entry.resource.id, entry.score) for entry in right.recommendations
    ]


def test_the_words_that_others_are_corrected_to_are_known_words(matcher: Matcher) -> None:
    corrected_to = [word for words in matcher.models.spelling.common.values() for word in words]
    assert matcher.models.lexicon.unknown(stems(" ".join(corrected_to))) == set()
