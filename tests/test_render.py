"""An answer on a screen, in a message and in a spreadsheet, whatever stands in it."""

import csv
import io
import json
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import Console

from coprod_match import Catalogue, Contribution, Matcher, Result, Taxonomy
from coprod_match.printable import clean
from coprod_match.render.cards import as_text, shown
from coprod_match.render.data import COLUMNS, as_csv, as_json, result_to_dict
from coprod_match.render.entries import print_entries, print_entry
from coprod_match.render.markdown import as_markdown
from coprod_match.render.terminal import print_result
from coprod_match.render.terms import print_terms
from coprod_match.render.text import escape_markdown
from coprod_match.render.wording import understood_line

HOSTILE = "=Evil\x1b[31m [name](http://bad.example) <b>*x*</b> \u202e | `y`\n# head \x07"
SIZES = [40, 80, 119, 120, 160, 240]


@pytest.fixture(scope="session")
def result(matcher: Matcher) -> Result:
    return matcher.recommend(role="council", need=["toolkit", "fundng"], text="only the usual people turn up", top=8)


@pytest.fixture
def hostile(result: Result) -> Result:
    first = result.recommendations[0]
    resource = replace(first.resource, name=HOSTILE, provider=HOSTILE)
    entry = replace(first, resource=resource, reasons=(HOSTILE,), cautions=(HOSTILE,))
    return replace(result, recommendations=(entry, *result.recommendations[1:]), advice=HOSTILE)


def printed(write: Callable[[Console], None], width: int = 80, *, terminal: bool = True) -> str:
    console = Console(file=io.StringIO(), force_terminal=terminal, width=width, no_color=True, highlight=False)
    write(console)
    assert isinstance(console.file, io.StringIO)
    return re.sub(r"\x1b\[[\d;]*m", "", console.file.getvalue())


def within(text: str, width: int) -> bool:
    """Whether no line is wider, except an address that stands alone."""
    lines = (line.rstrip() for line in text.splitlines())
    return all(cell_len(line) <= width or re.fullmatch(r" *https?://\S+", line) for line in lines)


@pytest.mark.parametrize("width", SIZES)
def test_an_answer_fits_the_terminal(result: Result, width: int) -> None:
    assert within(printed(lambda console: print_result(result, console), width), width)


@pytest.mark.parametrize("width", [80, 160])
def test_an_explained_answer_fits_the_terminal(result: Result, width: int) -> None:
    text = printed(lambda console: print_result(result, console, explain=True), width)
    assert within(text, width)
    assert text.count("in all") == len(result.recommendations)


@pytest.mark.parametrize("width", [80, 160])
def test_an_answer_shows_what_was_understood_then_each_source_then_a_next_step(result: Result, width: int) -> None:
    text = printed(lambda console: print_result(result, console), width)
    assert text.startswith("We understood: you are Council officer")
    squeezed = re.sub(r"\s+", "", text)
    assert result.advice is not None
    for entry in result.recommendations:
        assert re.search(rf"^ *{entry.rank}\b", text, re.MULTILINE)
    assert squeezed.endswith(re.sub(r"\s+", "", result.advice))


@pytest.mark.parametrize("width", [80, 160])
def test_an_address_stands_whole_so_that_it_can_be_followed(result: Result, width: int) -> None:
    text = printed(lambda console: print_result(result, console), width)
    assert [entry.resource.url for entry in result.recommendations if entry.resource.url not in text] == []


def test_piped_each_paragraph_is_one_line(result: Result) -> None:
    lines = as_text(result).splitlines()
    for entry in result.recommendations:
        assert "    " + " ".join(entry.reasons) in lines
        assert "    " + entry.resource.url in lines


def test_an_entry_and_the_terms_fit_the_terminal(catalogue: Catalogue, taxonomy: Taxonomy) -> None:
    for width in (80, 160):
        listed = printed(lambda console: print_entries(catalogue.resources[:60], taxonomy, console), width)
        chosen = [("roles", term) for term in taxonomy.roles] + [("places", term) for term in taxonomy.places]
        terms = printed(lambda console, chosen=chosen: print_terms(chosen, console), width)  # type: ignore[misc]
        assert within(listed, width)
        assert within(terms, width)
        for resource in catalogue.resources[:60]:
            shown = printed(lambda console, it=resource: print_entry(it, taxonomy, console), width)  # type: ignore[misc]
            assert within(shown, width)


def test_a_value_that_was_read_as_something_else_is_said(result: Result) -> None:
    line = understood_line(result)
    assert "(fundng)" in line
    assert "Northern Ireland (assumed)" in line
    assert "Council officer ·" in line


def test_a_place_that_is_not_known_is_not_passed_over_in_silence(matcher: Matcher) -> None:
    assert "Atlantis" in understood_line(matcher.recommend(role="council", place="Atlantis"))


def test_nothing_that_fits_says_so_and_whom_to_ask(matcher: Matcher) -> None:
    text = printed(lambda console: print_result(matcher.recommend(text="qwertzuiop"), console))
    assert "Nothing good in the catalogue" in text
    assert "You could ask" in text


@pytest.mark.parametrize("width", [80, 160])
@pytest.mark.parametrize("terminal", [True, False])
def test_control_characters_never_reach_the_screen(hostile: Result, width: int, terminal: bool) -> None:
    text = printed(lambda console: print_result(hostile, console), width, terminal=terminal)
    assert "Evil" in text
    assert text.replace("\n", "").isprintable()


def test_markdown_shows_a_name_as_it_stands_and_links_only_the_address(hostile: Result) -> None:
    text = as_markdown(hostile)
    resource = hostile.recommendations[0].resource
    assert f"]({resource.url})" in text
    assert "[name](" not in text
    assert "<b>" not in text
    assert "\n# head" not in text
    assert text.replace("\n", "").isprintable()


def test_markdown_has_a_link_a_reason_and_each_caution_for_every_entry(result: Result) -> None:
    text = as_markdown(result)
    assert re.findall(r"^(\d+)\. \[.+\]\((.+)\) \(.+\)$", text, re.MULTILINE) == [
        (str(entry.rank), entry.resource.url) for entry in result.recommendations
    ]
    assert text.count("**Please note:**") == sum(len(entry.cautions) for entry in result.recommendations)


@given(st.text())
def test_escaped_text_reads_back_as_it_was(text: str) -> None:
    escaped = escape_markdown(text)
    assert re.sub(r"\\([\\`*_\[\]<>#|~&])", r"\1", escaped) == clean(text)
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`\[\]<>~&]", escaped)


@given(st.text())
def test_clean_text_is_printable_and_loses_no_letter(text: str) -> None:
    assert clean(text).isprintable()
    assert [char for char in clean(text) if char != " "] == [
        char for char in text if char.isprintable() and char != " "
    ]


@given(st.lists(st.integers(1, 2**24), min_size=1, max_size=40))
def test_the_points_that_are_shown_add_up_to_the_total_that_is_shown(numbers: list[int]) -> None:
    parts = [Contribution("words", f"word{number}", number / 2**24) for number in numbers]
    column = [Decimal(points) for _, points in shown(parts)]
    assert sum(column) == Decimal(f"{sum(part.points for part in parts):.4f}")
    assert all(
        abs(value - Decimal(part.points)) <= Decimal("0.0001") for value, part in zip(column, parts, strict=True)
    )


def test_json_holds_points_that_add_up_exactly_and_every_reason(result: Result) -> None:
    answer = json.loads(as_json(result))
    assert answer == result_to_dict(result)
    for entry, source in zip(answer["recommendations"], result.recommendations, strict=True):
        assert sum(Fraction(part["points"]) for part in entry["contributions"]) == Fraction(entry["score"])
        assert entry["reasons"] == list(source.reasons)
        assert 0 <= entry["chance"] <= 1


def test_csv_reads_back_as_it_was_written(hostile: Result) -> None:
    header, *rows = csv.reader(io.StringIO(as_csv(hostile)), strict=True)
    assert tuple(header) == COLUMNS
    assert [row[0] for row in rows] == [str(entry.rank) for entry in hostile.recommendations]
    assert [row[header.index("url")] for row in rows] == [entry.resource.url for entry in hostile.recommendations]


def test_no_cell_of_the_csv_form_can_run_as_a_formula(hostile: Result) -> None:
    for row in csv.reader(io.StringIO(as_csv(hostile)), strict=True):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("width", [80, 160])
def test_addresses_of_evidence_stand_whole(catalogue: Catalogue, taxonomy: Taxonomy, width: int) -> None:
    resource = catalogue.resource("community-places")
    text = printed(lambda console: print_entry(resource, taxonomy, console), width)
    assert [item.url for item in resource.evidence if item.url not in text] == []


def test_nothing_is_said_to_be_understood_of_what_is_no_business_of_ours(matcher: Matcher) -> None:
    result = matcher.recommend(role="council", place="Derry", text="my bin was not lifted, and I want advice")
    assert not result.in_scope
    assert understood_line(result) == "you are Council officer · in Derry City and Strabane"
