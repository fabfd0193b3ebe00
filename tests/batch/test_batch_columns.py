"""Columns are recognised by what people call them."""

import pytest

from coprod_match import RequestError
from coprod_match.batch.columns import PARTS, Columns, recognise

FORMS = {
    "Microsoft Forms": (
        ["ID", "Start time", "Email", "Who are you?", "Which council area are you in?", "What do you need help with?"],
        Columns(
            role=("Who are you?",), place=("Which council area are you in?",), text=("What do you need help with?",)
        ),
    ),
    "Google Forms": (
        ["Timestamp", "Which sector are you from", "Type of support", "Please describe"],
        Columns(role=("Which sector are you from",), need=("Type of support",), text=("Please describe",)),
    ),
    "hand-made": (
        ["ROLE ", "need", "Theme(s)", "place", "Text", "notes"],
        Columns(role=("ROLE ",), need=("need",), theme=("Theme(s)",), place=("place",), text=("Text",)),
    ),
    "numbered": (
        ["1. Who are you? *", "2) What kind of help do you need?\n", "3. Council area (if any)"],
        Columns(
            role=("1. Who are you? *",),
            need=("2) What kind of help do you need?\n",),
            place=("3. Council area (if any)",),
        ),
    ),
    "misspelt": (
        ["Counsil area", "What do you nead help with?"],
        Columns(place=("Counsil area",), text=("What do you nead help with?",)),
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_columns_of_usual_forms_are_recognised(form: str) -> None:
    names, expected = FORMS[form]
    assert recognise(names) == expected


def test_a_plainer_name_wins_over_a_vaguer_one() -> None:
    assert recognise(["Comments", "What do you need help with?"]).text == ("What do you need help with?",)


def test_a_vague_name_serves_where_there_is_no_other() -> None:
    assert recognise(["Your name", "Comments"]).text == ("Comments",)


def test_it_is_an_error_when_two_columns_hold_the_same_part_as_plainly() -> None:
    with pytest.raises(RequestError) as error:
        recognise(["Question", "Enquiry", "Town"])
    said = str(error.value)
    for part in ("text", "“Question” or “Enquiry”", "“Town”", '--map text="Question"'):
        assert part in said


def test_a_column_that_is_named_settles_it() -> None:
    assert recognise(["Question", "Enquiry"], {"text": ["Enquiry"]}).text == ("Enquiry",)


def test_several_columns_can_be_named_for_a_part() -> None:
    assert recognise(["Question", "Enquiry"], {"text": ["Enquiry", "Question"]}).text == ("Enquiry", "Question")


def test_a_part_can_be_left_out() -> None:
    assert recognise(["Role", "Text"], {"role": []}) == Columns(text=("Text",))


def test_a_column_that_is_named_for_one_part_is_no_longer_guessed_for_another() -> None:
    assert recognise(["Area", "Text"], {"theme": ["Area"]}) == Columns(theme=("Area",), text=("Text",))


def test_a_column_is_found_whatever_its_case_and_spaces() -> None:
    assert recognise(["Please  describe:"], {"text": ["please describe"]}).text == ("Please  describe:",)


def test_a_column_that_is_not_there_is_told_with_the_nearest_and_all_that_are() -> None:
    with pytest.raises(RequestError, match=r"no column “Descripe”.*Did you mean “Describe”.*“Other”"):
        recognise(["Describe", "Other"], {"text": ["Descripe"]})


def test_a_part_that_does_not_exist_is_told_with_the_nearest() -> None:
    with pytest.raises(RequestError, match=r"“txet” is no part of a request.*“text”"):
        recognise(["Text"], {"txet": ["Text"]})


def test_a_sheet_that_does_not_say_what_is_needed_is_refused_with_its_columns() -> None:
    with pytest.raises(RequestError, match=r"No column says what is needed.*“Name”, “Council area”.*--map"):
        recognise(["Name", "Council area"])


def test_what_was_read_as_what_can_be_told() -> None:
    assert str(Columns(role=("Job",), text=("Words",))) == "read “Job” as role\nread “Words” as text"


def test_every_part_of_a_request_has_a_name_of_its_own_as_column() -> None:
    assert recognise(list(PARTS)) == Columns(**{part: (part,) for part in PARTS})
