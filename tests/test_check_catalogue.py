"""Checking a catalogue for its curators: errors that stop it, and warnings that deserve a look."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from small_data import CATALOGUE, TAXONOMY, changed, where, write

from coprod_match import Catalogue, DataError, Problem, Taxonomy
from coprod_match.files.load import check_catalogue, load_catalogue, load_taxonomy


@pytest.fixture(scope="module")
def terms(tmp_path_factory: pytest.TempPathFactory) -> Taxonomy:
    return load_taxonomy(write(tmp_path_factory.mktemp("terms"), "terms.yaml", TAXONOMY))


def check(folder: Path, text: str, terms: Taxonomy) -> tuple[Catalogue | None, Sequence[Problem]]:
    return check_catalogue(write(folder, "c.yaml", text), terms)


def test_a_good_catalogue_has_no_problems(tmp_path: Path, terms: Taxonomy) -> None:
    catalogue, problems = check(tmp_path, CATALOGUE, terms)
    assert catalogue is not None
    assert len(catalogue) == 2
    assert list(problems) == []


@pytest.mark.parametrize(
    "name",
    ["A first guide to working together", "A First Guide to Working Together!", "A first guide to workin together"],
)
def test_two_names_that_are_nearly_the_same_are_a_warning_at_the_second(
    name: str, tmp_path: Path, terms: Taxonomy
) -> None:
    text = changed(CATALOGUE, ("Evening classes for planners", name))
    catalogue, (warning,) = check(tmp_path, text, terms)
    assert catalogue is not None
    assert warning.level == "warning"
    assert warning.where == where("c.yaml", text, "second-course")
    assert "second-course" in warning.message
    assert "“first-guide”" in warning.message


def test_two_names_that_share_some_words_are_no_warning(tmp_path: Path, terms: Taxonomy) -> None:
    text = changed(CATALOGUE, ("Evening classes for planners", "A last guide to planning together"))
    assert list(check(tmp_path, text, terms)[1]) == []


@pytest.mark.parametrize("address", ["https://example.org/first", "https://example.org/first/"])
def test_two_entries_of_one_address_are_a_warning(address: str, tmp_path: Path, terms: Taxonomy) -> None:
    text = changed(CATALOGUE, ("url: https://example.org/second\n", f"url: {address}\n"))
    _, (warning,) = check(tmp_path, text, terms)
    assert warning.level == "warning"
    assert "“first-guide” has the same address" in warning.message


def test_terms_that_no_entry_carries_are_a_warning_each(tmp_path: Path, terms: Taxonomy) -> None:
    text = changed(CATALOGUE, ("[training]", "[toolkit]"), ("[planning]", "[co-production]"))
    _, warnings = check(tmp_path, text, terms)
    assert {warning.level for warning in warnings} == {"warning"}
    assert sorted(warning.message.split("“")[1].split("”")[0] for warning in warnings) == ["planning", "training"]


def test_places_that_no_entry_is_limited_to_are_as_they_should_be(tmp_path: Path, terms: Taxonomy) -> None:
    text = changed(CATALOGUE, ("places: [belfast]", "places: []"))
    assert list(check(tmp_path, text, terms)[1]) == []


def test_an_error_and_a_warning_are_told_together_and_nothing_is_loaded(tmp_path: Path, terms: Taxonomy) -> None:
    text = changed(CATALOGUE, ("[training]", "[trainin, toolkit]"))
    catalogue, problems = check(tmp_path, text, terms)
    assert catalogue is None
    assert {problem.level for problem in problems} == {"error", "warning"}


def test_a_catalogue_of_the_wrong_shape_is_not_loaded(tmp_path: Path, terms: Taxonomy) -> None:
    catalogue, problems = check(tmp_path, changed(CATALOGUE, ("provider:", "provder:")), terms)
    assert catalogue is None
    assert {problem.level for problem in problems} == {"error"}


def test_warnings_do_not_stop_a_catalogue_from_being_used(tmp_path: Path, terms: Taxonomy) -> None:
    text = changed(CATALOGUE, ("Evening classes for planners", "A first guide to working together"))
    assert len(load_catalogue(write(tmp_path, "c.yaml", text), terms)) == 2


def test_what_loading_refuses_checking_reports_in_the_same_words(tmp_path: Path, terms: Taxonomy) -> None:
    path = write(tmp_path, "c.yaml", changed(CATALOGUE, ("[toolkit]", "[tolkit]"), ("second-course", "first-guide")))
    with pytest.raises(DataError) as caught:
        load_catalogue(path, terms)
    errors = [problem for problem in check_catalogue(path, terms)[1] if problem.level == "error"]
    assert errors == list(caught.value.problems)


def test_a_file_that_is_no_yaml_cannot_be_checked(tmp_path: Path, terms: Taxonomy) -> None:
    with pytest.raises(DataError, match="not valid YAML"):
        check(tmp_path, "resources: [", terms)


def test_the_catalogue_that_comes_with_the_package_has_no_errors(taxonomy: Taxonomy) -> None:
    catalogue, problems = check_catalogue(None, taxonomy)
    assert catalogue is not None
    assert [problem for problem in problems if problem.level == "error"] == []
