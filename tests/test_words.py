"""When two spellings are the same word."""

import pytest
from asking import steadily
from hypothesis import given
from hypothesis import strategies as st

from coprod_match.words import STOP_WORDS, fold, stems, words


@pytest.mark.parametrize(
    "spelling",
    [
        "co-production",
        "Co-Production",
        "CO PRODUCTION",
        "coproduction",
        "co‑production",
        "co – production",
        "co\u00a0production",
        "co-\nproduction",
    ],
)
def test_every_way_to_write_co_production_is_one_word(spelling: str) -> None:
    assert words(spelling) == ["coproduction"]


@pytest.mark.parametrize("spelling", ["co-op", "co op"])
def test_a_co_before_a_short_word_stays_a_word_of_its_own(spelling: str) -> None:
    assert words(spelling) == ["co", "op"]


@pytest.mark.parametrize(("dotted", "plain"), [("N.I.", "NI"), ("C.P.P.", "cpp"), ("the U.K. and", "the uk and")])
def test_dots_in_an_acronym_do_not_matter(dotted: str, plain: str) -> None:
    assert words(dotted) == words(plain)


def test_the_end_of_a_sentence_is_no_acronym() -> None:
    assert words("We meet here. Now what?") == ["we", "meet", "here", "now", "what"]


@pytest.mark.parametrize("spelling", ["people's", "people’s", "PEOPLE'S", "people`s"])
def test_an_apostrophe_does_not_split_a_word(spelling: str) -> None:
    assert words(spelling) == ["peoples"]


@pytest.mark.parametrize(("accented", "plain"), [("Béal Feirste", "beal feirste"), ("naïve", "naive"), ("Ó", "o")])
def test_accents_do_not_matter(accented: str, plain: str) -> None:
    assert words(accented) == words(plain)


def test_an_ampersand_reads_as_and() -> None:
    assert words("Fermanagh & Omagh") == words("fermanagh and omagh")


@pytest.mark.parametrize(("one", "many"), [("toolkit", "Toolkits"), ("policy", "policies"), ("meeting", "meetings")])
def test_singular_and_plural_fold_to_the_same_key(one: str, many: str) -> None:
    assert fold(one) == fold(many)


def test_different_subjects_keep_different_keys() -> None:
    assert len({fold(text) for text in ("rural", "housing", "council", "councillor", "toolkit")}) == 5


@pytest.mark.parametrize("text", ["", " \t\n", "😀👍", "\x00\x1b", "—…!?", "_ _"])
def test_a_text_without_letters_or_digits_has_no_words(text: str) -> None:
    assert words(text) == []


def test_words_of_other_scripts_are_words_too() -> None:
    assert words("مرحبا NI") == ["مرحبا", "ni"]


@steadily
@given(st.text())
def test_each_word_of_any_text_has_one_stem_and_none_is_empty(text: str) -> None:
    assert len(stems(text)) == len(words(text))
    assert all(words(text))
    assert all(stems(text))


@steadily
@given(st.text())
def test_words_hold_neither_spaces_nor_capitals(text: str) -> None:
    assert all(word == word.casefold() and not any(char.isspace() for char in word) for word in words(text))


@steadily
@given(st.text(alphabet="abcdefghij KLMNOP'-.&é"))
def test_case_does_not_matter(text: str) -> None:
    assert words(text.upper()) == words(text.lower())


def test_stop_words_are_plain_lower_case_words() -> None:
    assert all(words(word) == [word] for word in STOP_WORDS)
