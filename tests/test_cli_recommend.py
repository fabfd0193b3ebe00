"""`coprod-match recommend`, as a person or a script meets it."""

import csv
import io
import json
import re
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from command_line import COLOUR, run, small_files, start, terminal, visible
from rich.cells import cell_len
from small_data import CATALOGUE, changed, write

ASK = ("recommend", "--role", "council", "--need", "toolkit")


@pytest.fixture
def ask(tmp_path: Path) -> tuple[str, ...]:
    return (*ASK, *small_files(tmp_path))


def test_the_readme_request_is_answered_from_the_full_catalogue() -> None:
    result = run(*ASK)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "We understood: you are Council officer · you need Toolkit" in result.stdout
    assert re.findall(r"^ *(\d)\. ", result.stdout, re.MULTILINE) == ["1", "2", "3", "4", "5"]
    assert len(re.findall(r"^    https?://\S+$", result.stdout, re.MULTILINE)) == 5


def test_every_part_of_a_request_can_be_given_at_once(tmp_path: Path) -> None:
    result = run(
        *("recommend", "-r", "council", "-n", "toolkit", "-n", "training", "--theme", "planning", "-p", "Belfast"),
        *("-t", "where do we begin", "--free", "--jurisdiction", "northern-ireland", "--kind", "publication"),
        *("--exclude-historic", "--without", "planning", "--top", "1", "-f", "json", *small_files(tmp_path)),
    )
    answer = json.loads(result.stdout)
    assert answer["request"] == {
        "role": "council",
        "needs": ["toolkit", "training"],
        "themes": ["planning"],
        "place": "Belfast",
        "text": "where do we begin",
        "without": ["planning"],
        "filters": {
            "free": True,
            "jurisdictions": ["northern-ireland"],
            "kinds": ["publication"],
            "exclude_historic": True,
        },
    }
    assert [entry["id"] for entry in answer["recommendations"]] == ["first-guide"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--text", "where do we begin"),
        ("where do we begin",),
        ("where", "do", "we", "begin"),
        ("where do we", "--text", "begin"),
    ],
)
def test_the_words_of_a_request_need_no_option(arguments: tuple[str, ...], ask: tuple[str, ...]) -> None:
    answer = json.loads(run(*ask, *arguments, "-f", "json").stdout)
    assert answer["request"]["text"] == "where do we begin"


def test_top_limits_the_list(ask: tuple[str, ...]) -> None:
    assert len(json.loads(run(*ask, "--format", "json").stdout)["recommendations"]) == 2
    assert len(json.loads(run(*ask, "--format", "json", "--top", "1").stdout)["recommendations"]) == 1


def test_what_has_ended_is_left_out_on_request(ask: tuple[str, ...]) -> None:
    answer = json.loads(run(*ask, "--format", "json", "--exclude-historic").stdout)
    assert "second-course" not in [entry["id"] for entry in answer["recommendations"]]


def test_the_text_can_come_from_standard_input(tmp_path: Path) -> None:
    result = run("recommend", "--text", "-", "--format", "json", *small_files(tmp_path), given="where do I begin?\n")
    assert json.loads(result.stdout)["recommendations"][0]["id"] == "first-guide"


def test_a_misspelt_need_is_read_and_said(tmp_path: Path) -> None:
    result = run("recommend", "--need", "tolkit", *small_files(tmp_path))
    assert result.exit_code == 0
    assert "Toolkits (tolkit)" in result.stdout.splitlines()[0]


def test_a_place_that_we_do_not_know_is_taken_as_such_and_said(tmp_path: Path) -> None:
    result = run("recommend", "--role", "council", "--place", "Atlantis", *small_files(tmp_path))
    assert result.exit_code == 0
    assert "Atlantis" in result.stdout.splitlines()[0]


def test_nothing_that_fits_is_an_answer_and_not_an_error(tmp_path: Path) -> None:
    result = run("recommend", "--text", "qwertzuiop", *small_files(tmp_path))
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "Nothing good in the catalogue" in result.stdout


def test_the_json_form_has_the_keys_of_the_design(ask: tuple[str, ...]) -> None:
    answer: dict[str, Any] = json.loads(run(*ask, "--format", "json").stdout)
    assert set(answer) == {
        "request",
        "understood",
        "not_meant",
        "in_scope",
        "confidence",
        "notice",
        "recommendations",
        "advice",
        "catalogue",
    }
    assert set(answer["request"]) == {"role", "needs", "themes", "place", "text", "without", "filters"}
    assert {key for item in answer["understood"] for key in item} == {"facet", "term", "confidence", "source"}
    assert {key for entry in answer["recommendations"] for key in entry} == {
        *("rank", "id", "name", "kind", "sort", "provider", "url", "score", "chance"),
        *("contributions", "reasons", "cautions"),
    }
    parts = [part for entry in answer["recommendations"] for part in entry["contributions"]]
    assert {key for part in parts for key in part} == {"facet", "feature", "points"}
    assert set(answer["catalogue"]) == {"size", "version"}


def test_the_points_of_the_json_form_add_up_to_the_score_exactly(ask: tuple[str, ...]) -> None:
    entries = json.loads(run(*ask, "-t", "where do we begin", "--format", "json").stdout)["recommendations"]
    assert entries
    for entry in entries:
        assert sum(Fraction(part["points"]) for part in entry["contributions"]) == Fraction(entry["score"])


def test_the_csv_form_has_a_row_for_each_recommendation(ask: tuple[str, ...]) -> None:
    entries = json.loads(run(*ask, "--format", "json").stdout)["recommendations"]
    rows = list(csv.DictReader(io.StringIO(run(*ask, "--format", "csv").stdout), strict=True))
    assert [(row["rank"], row["id"], row["name"]) for row in rows] == [
        (str(entry["rank"]), entry["id"], entry["name"]) for entry in entries
    ]
    assert [float(row["score"]) for row in rows] == [entry["score"] for entry in entries]


def test_the_markdown_form_links_each_source(ask: tuple[str, ...]) -> None:
    lines = run(*ask, "--format", "markdown").stdout.splitlines()
    assert any(line.startswith("1. [A first guide to working together](https://example.org/first)") for line in lines)


def test_the_column_of_explain_adds_up_as_printed() -> None:
    lines = run(
        "recommend", "-r", "council", "-t", "families who never come to meetings", "--explain"
    ).stdout.splitlines()
    totals, column = 0, Decimal(0)
    for line in lines:
        if found := re.fullmatch(r" +(\d\.\d{4})  (.+)", line):
            if found[2] == "in all":
                assert column == Decimal(found[1])
                totals, column = totals + 1, Decimal(0)
            else:
                column += Decimal(found[1])
    assert totals == 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "say what you need"),
        (("--text", " "), "say what you need"),
        (("--text", "😀😀"), "say what you need"),
        (("--role", "wizard"), "“wizard” is not one that we know"),
        (("--need", "xyzzy"), "toolkit, training"),
        (("--role", "council", "--kind", "spaceship"), "kind: “spaceship”"),
        (("--role", "council", "--jurisdiction", "Narnia"), "jurisdiction: “Narnia”"),
        (("--role", "x" * 5000), "role: “xxx"),
        (("--text", "a" * 60_000), "too long"),
    ],
)
def test_a_request_that_cannot_be_answered_gets_one_clear_message(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    result = run("recommend", *arguments, *small_files(tmp_path))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr
    assert result.stderr.startswith("Sorry: ")
    assert result.stderr.count("\n") == 1
    assert len(result.stderr) < 1000


@pytest.mark.parametrize(
    "arguments",
    [("--top", "0"), ("--top", "101"), ("--top", "many"), ("--format", "xml"), ("--rol", "council")],
)
def test_a_wrong_option_is_wrong_usage(arguments: tuple[str, ...]) -> None:
    result = run("recommend", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert arguments[0].lstrip("-") in result.stderr


@pytest.mark.parametrize("text", ["שלום, צריכים עזרה", "مجتمع", "\u202eabc\u202c", "a\0b\x07 guide", "ｔｏｏｌｋｉｔ"])
def test_text_in_any_script_is_answered(text: str, tmp_path: Path) -> None:
    result = run("recommend", "--text", text, "--role", "council", *small_files(tmp_path))
    assert result.exit_code == 0
    assert "Council officer" in result.stdout


def test_a_megabyte_of_text_is_refused_with_one_message(tmp_path: Path) -> None:
    result = run("recommend", "--text", "-", *small_files(tmp_path), given="toolkit " * 131_072)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert re.fullmatch(r"Sorry: .*too long.*\n", result.stderr)


def test_text_that_is_not_utf_8_gets_a_message(tmp_path: Path) -> None:
    result = run("recommend", "--text", "-", *small_files(tmp_path), given=b"toolkit \xff")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.exit_code in (0, 2)


def test_what_was_given_cannot_steer_the_terminal(tmp_path: Path) -> None:
    result = run("recommend", "--role", "wiz\x1b[31mard\x07\nSorry: all is well\u202e", *small_files(tmp_path))
    assert result.exit_code == 2
    assert result.stderr.rstrip("\n").isprintable()


@pytest.mark.parametrize("option", ["--catalogue", "--taxonomy", "--ranking"])
def test_a_data_file_that_cannot_be_read_is_a_problem_of_data(option: str, tmp_path: Path) -> None:
    result = run(*ASK, option, str(tmp_path / "missing.yaml"))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert re.fullmatch(r"Sorry: \S+missing\.yaml: The file cannot be read: .+\n", result.stderr)


def test_a_catalogue_without_entries_gets_an_answer_or_a_message(tmp_path: Path) -> None:
    files = small_files(tmp_path)
    result = run(*ASK, *files, "--catalogue", str(write(tmp_path, "empty.yaml", "resources: []\n")))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.exit_code in (0, 1)


def test_piped_output_has_no_colours_and_no_wrapped_lines(ask: tuple[str, ...], tmp_path: Path) -> None:
    long = "A first guide " + "that goes on and on " * 20 + "to its end"
    write(tmp_path, "resources.yaml", changed(CATALOGUE, ("A first guide to working together", long)))
    output = run(*ask).stdout
    assert "\x1b" not in output
    assert long in output


def test_a_terminal_gets_colours_and_no_line_that_is_wider_except_addresses(ask: tuple[str, ...]) -> None:
    received = terminal(80, *ask)
    assert COLOUR.search(received)
    lines = visible(received).splitlines()
    assert any("A first guide" in line for line in lines)
    for line in lines:
        assert cell_len(line.rstrip()) <= 80 or re.fullmatch(r" *https?://\S+", line)


def test_no_color_takes_the_colours_out_of_a_terminal(ask: tuple[str, ...]) -> None:
    received = terminal(80, *ask, NO_COLOR="1")
    assert "A first guide" in received
    assert not COLOUR.search(received)


@pytest.mark.parametrize("format", ["table", "json", "csv", "markdown"])
def test_a_terminal_without_utf_8_gets_plain_letters(format: str, tmp_path: Path) -> None:
    arguments = ("recommend", "-r", "council", "-t", "where do I begin, a guide", "--format", format)
    result = run(*arguments, *small_files(tmp_path), charset="ascii")
    assert result.exit_code == 0
    output = result.stdout
    assert "A first guide" in output
    if format == "json":
        assert json.loads(output)["recommendations"]
    if format == "csv":
        rows = list(csv.reader(io.StringIO(output), strict=True))
        assert {len(row) for row in rows} == {len(rows[0])}


def test_a_process_that_writes_ascii_still_writes_json(ask: tuple[str, ...]) -> None:
    result = start(*ask, "--text", "guides for beginners", "--format", "json", PYTHONIOENCODING="ascii")
    assert (result.returncode, result.stderr) == (0, b"")
    assert json.loads(result.stdout.decode("ascii"))["request"]["text"] == "guides for beginners"


def test_standard_input_that_is_closed_is_an_empty_request(tmp_path: Path) -> None:
    command = ["sh", "-c", '"$@" <&-', "sh", sys.executable, "-m", "coprod_match", "recommend", "--text", "-"]
    result = subprocess.run([*command, *small_files(tmp_path)], stderr=subprocess.PIPE, text=True, check=False)
    assert (result.returncode, result.stderr.count("\n")) == (2, 1)


@pytest.mark.parametrize("format", ["csv", "markdown"])
def test_points_are_not_left_out_in_silence_where_there_is_no_room_for_them(format: str) -> None:
    result = run("recommend", "--role", "council", "--explain", "--format", format)
    assert result.exit_code == 2
    assert "--format json always holds the points" in result.stderr


def test_standard_input_is_one_part_of_what_is_said() -> None:
    answer = json.loads(run("recommend", "a", "hall", "--text", "-", "-f", "json", given="for Larne").stdout)
    assert answer["request"]["text"] == "a hall for Larne"


def test_what_to_heed_is_said_beside_a_table_that_has_no_place_for_it() -> None:
    result = run("recommend", "I want to kill myself", "-f", "csv")
    assert "999" in result.stderr
    assert result.stdout.count("\n") == 1


STOPPED_WHILE_LOADING = """
import sys, coprod_match.cli

class CtrlC:
    def find_spec(self, name, *_):
        if name == "coprod_match.cli.app":
            raise KeyboardInterrupt

sys.meta_path.insert(0, CtrlC())
coprod_match.cli.main()
"""


def test_ctrl_c_while_the_program_is_loaded_gives_no_traceback() -> None:
    process = subprocess.run([sys.executable, "-c", STOPPED_WHILE_LOADING], capture_output=True, check=False)
    assert (process.returncode, process.stdout, process.stderr) == (130, b"", b"")
