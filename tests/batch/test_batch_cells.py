"""Cells become requests: several values in one, odd types, and what cannot be read."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod_match import Matcher
from coprod_match.batch.cells import Asked, CellReader, Unread, as_text
from coprod_match.batch.columns import PARTS, Columns

COLUMNS = Columns(**{part: (part,) for part in PARTS})


@pytest.fixture(scope="module")
def reader(matcher: Matcher) -> CellReader:
    return CellReader(matcher, COLUMNS)


def asked(reader: CellReader, **cells: Any) -> Asked:
    found = reader.read(cells)
    assert isinstance(found, Asked), found
    return found


@pytest.mark.parametrize(
    "cell",
    [
        "toolkit; training",
        "Toolkit;Training;",
        "toolkit, training",
        "toolkit\ntraining",
        "toolkit\r\n\r\ntraining\r\n",
        "• toolkit\n• training",
        "- toolkit\n- training",
        "1. toolkit\n2. training",
        "☑ Toolkit\n☐ Funding\n☑ Training",
        "[x] toolkit\n[ ] funding\n[x] training",
        "toolkit | training",
        ["toolkit", "training"],
    ],
)
def test_several_values_in_a_cell_are_told_apart(reader: CellReader, cell: Any) -> None:
    assert [need.casefold() for need in asked(reader, need=cell).request.needs] == ["toolkit", "training"]


def test_a_label_that_holds_a_comma_stays_whole(reader: CellReader) -> None:
    found = asked(reader, need="Toolkit, Evidence, research and data, Training")
    assert found.request.needs == ("Toolkit", "Evidence, research and data", "Training")


def test_a_sentence_is_not_cut_at_its_commas(reader: CellReader) -> None:
    sentence = "somebody who helps us, gently, to hear from parents"
    assert asked(reader, need=sentence).request.needs == (sentence,)


@pytest.mark.parametrize("cell", ["", None, "  ", "n/a", "N/A", "-", "Other", "not sure", "None", float("nan")])
def test_what_people_write_into_a_cell_that_they_leave_empty_is_no_value(reader: CellReader, cell: Any) -> None:
    assert (
        asked(reader, role=cell, place=cell, theme=cell, text="help us").request
        == asked(reader, text="help us").request
    )


def test_a_sector_is_read_as_its_first_role_and_said(reader: CellReader) -> None:
    found = asked(reader, role="Local government", need="toolkit")
    assert found.request.role == "council"
    assert found.notes == ("role: “Local government” was read as “Council officer”.",)


def test_a_role_is_found_in_what_people_say_of_themselves(reader: CellReader) -> None:
    assert asked(reader, role="I am a councillor in Newry", need="toolkit").request.role == "councillor"


def test_a_place_is_found_in_an_address(reader: CellReader) -> None:
    assert asked(reader, place="12 High Street, Omagh", need="toolkit").request.place == "Omagh"


def test_of_several_roles_and_places_the_first_is_used_and_said(reader: CellReader) -> None:
    found = asked(reader, role="Council officer; Researcher", place="Belfast; Derry", need="toolkit")
    assert (found.request.role, found.request.place) == ("Council officer", "Belfast")
    assert "“Council officer” was used, not “Researcher”" in found.notes[0]
    assert "“Belfast” was used, not “Derry”" in found.notes[1]


def test_a_value_that_nobody_knows_is_left_out_and_said_where_the_row_still_says_what_is_needed(
    reader: CellReader,
) -> None:
    found = asked(reader, role="wizard", text="we want to learn how to chair a meeting")
    assert found.request.role is None
    assert found.notes == ("role: “wizard” in column “role” is not one that we know. It was left out.",)


def test_a_row_that_says_nothing_else_needs_attention(reader: CellReader) -> None:
    found = reader.read({"role": "council", "need": "toolbelts"})
    assert isinstance(found, Unread)
    assert found.problem == "need: “toolbelts” in column “need” is not one that we know."
    assert "You can use: toolkit, " in found.what_to_do


def test_a_row_without_words_needs_attention(reader: CellReader) -> None:
    found = reader.read({"text": " ... ", "role": None})
    assert isinstance(found, Unread)
    assert found.problem == "The row does not say what is needed."
    assert "“text”" in found.what_to_do


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (3.0, "3"),
        (3.5, "3.5"),
        (True, "yes"),
        (datetime.datetime(2026, 1, 2), "2026-01-02"),
        (datetime.datetime(2026, 1, 2, 3, 4), "2026-01-02 03:04:00"),
        ("\u200b a\u00a0b ", "a b"),
        (None, ""),
        (["a", None, 2], "a\n2"),
        ({"a": 1}, "a: 1"),
    ],
)
def test_a_cell_is_read_as_a_person_would_say_it(cell: object, text: str) -> None:
    assert as_text(cell) == text


def test_several_columns_of_words_are_read_in_their_order(matcher: Matcher) -> None:
    reader = CellReader(matcher, Columns(text=("b", "a")))
    assert asked(reader, a="last", b="first", c="not read").request.text == "first\nlast"


anything = st.none() | st.booleans() | st.integers() | st.floats() | st.datetimes() | st.text() | st.lists(st.text())


@given(cells=st.fixed_dictionaries(dict.fromkeys(PARTS, anything)))
def test_no_cell_whatsoever_raises(reader: CellReader, cells: dict[str, object]) -> None:
    assert isinstance(reader.read(cells), Asked | Unread)
