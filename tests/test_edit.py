"""Changing numbers in a file of settings, and writing files whole."""

import stat
from pathlib import Path

import pytest
import yaml
from asking import steadily
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_data import RANKING, write

from coprod_match.files.edit import with_numbers
from coprod_match.files.write import write_whole

COMMENTED = """\
# Weights of the ranking: 12 of them, on 3 lines.
weights:
  words: {value: 1.0, reason: "The scale, 1 of 7."}  # keep 5
  theme:

    value: 0.4   # was 0.3 in 2025
    reason: It matters 2 times more.
chance:
  intercept: {value: -4.5, reason: Where it begins.}
"""
numbers = st.floats(-9, 9).map(lambda number: round(number, 2))


@pytest.mark.parametrize(
    ("place", "old", "new"),
    [
        (("weights", "words", "value"), "value: 1.0", "value: 0.25"),
        (("weights", "theme", "value"), "value: 0.4", "value: 0.25"),
        (("chance", "intercept", "value"), "value: -4.5", "value: 0.25"),
    ],
)
def test_one_number_changes_and_nothing_else(place: tuple[str, ...], old: str, new: str, tmp_path: Path) -> None:
    file = write(tmp_path, "settings.yaml", COMMENTED)
    assert with_numbers(file, {place: 0.25}) == COMMENTED.replace(old, new)


def test_several_numbers_change_at_once_also_on_one_line(tmp_path: Path) -> None:
    file = write(tmp_path, "settings.yaml", "pair: {first: 1, second: 22, third: 3}\n")
    after = with_numbers(file, {("pair", "first"): 12.125, ("pair", "second"): -0.5})
    assert after == "pair: {first: 12.125, second: -0.5, third: 3}\n"


def test_nothing_to_change_leaves_the_text_as_it_is(tmp_path: Path) -> None:
    assert with_numbers(write(tmp_path, "settings.yaml", COMMENTED), {}) == COMMENTED


def test_the_file_itself_is_not_touched(tmp_path: Path) -> None:
    file = write(tmp_path, "settings.yaml", COMMENTED)
    with_numbers(file, {("weights", "theme", "value"): 2})
    assert file.read_text(encoding="utf-8") == COMMENTED


def test_a_place_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        with_numbers(write(tmp_path, "settings.yaml", COMMENTED), {("weights", "rhyme", "value"): 1})


@pytest.mark.parametrize("written", ["2.5e-1", "1.0e+3", ".5", "+0.5", "1_000", "0.5"])
def test_a_number_is_replaced_however_it_was_written(written: str, tmp_path: Path) -> None:
    file = write(tmp_path, "settings.yaml", f"weight: {written} # one\n")
    assert yaml.safe_load(with_numbers(file, {("weight",): 0.75})) == {"weight": 0.75}


@pytest.mark.parametrize("number", [1e6, 1e9, 1e-7])
def test_a_number_of_any_size_is_read_back_as_a_number(number: float, tmp_path: Path) -> None:
    file = write(tmp_path, "settings.yaml", "weight: 1\n")
    assert yaml.safe_load(with_numbers(file, {("weight",): number})) == {"weight": pytest.approx(number)}


def test_windows_line_ends_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.yaml"
    file.write_bytes(b"# first\r\nweight: 1\r\n")
    assert with_numbers(file, {("weight",): 2.5}) == "# first\r\nweight: 2.5\r\n"


@settings(steadily, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(theme=numbers, slope=numbers)
def test_any_numbers_are_read_back_and_all_else_is_kept(theme: float, slope: float, tmp_path: Path) -> None:
    file = write(tmp_path, "ranking.yaml", RANKING)
    after = yaml.safe_load(
        with_numbers(file, {("weights", "theme", "value"): theme, ("chance", "slope", "value"): slope})
    )
    expected = yaml.safe_load(RANKING)
    expected["weights"]["theme"]["value"] = theme
    expected["chance"]["slope"]["value"] = slope
    assert after == expected


def test_a_file_is_written_as_it_is_given(tmp_path: Path) -> None:
    write_whole(tmp_path / "new.yaml", b"a: 1\r\n\xc3\xa9")
    assert (tmp_path / "new.yaml").read_bytes() == b"a: 1\r\n\xc3\xa9"
    assert [path.name for path in tmp_path.iterdir()] == ["new.yaml"]


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    file = write(tmp_path, "old.yaml", "a much longer text than the new one")
    write_whole(file, b"new")
    assert file.read_bytes() == b"new"


def test_a_new_file_can_be_read_like_any_other(tmp_path: Path) -> None:
    write_whole(tmp_path / "whole.yaml", b"new")
    usual = write(tmp_path, "usual.yaml", "new")
    assert stat.S_IMODE((tmp_path / "whole.yaml").stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)


def test_what_fails_half_way_leaves_the_old_file_and_no_part_of_the_new(tmp_path: Path) -> None:
    file = write(tmp_path, "old.yaml", "old")
    with pytest.raises(TypeError):
        write_whole(file, "text where bytes belong")  # type: ignore[arg-type]
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_is_not_there_is_an_error_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "none" / "new.yaml", b"new")
    assert list(tmp_path.iterdir()) == []
