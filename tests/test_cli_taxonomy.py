"""`coprod-match taxonomy list` and `show`, and what the program says of itself."""

import csv
import io
import json
import re
import subprocess
from pathlib import Path

import pytest
from command_line import run, terminal, visible
from small_data import TAXONOMY, write

COMMANDS = [
    (),
    ("recommend",),
    ("evaluate",),
    ("tune",),
    ("catalogue",),
    ("catalogue", "check"),
    ("catalogue", "list"),
    ("catalogue", "show"),
    ("taxonomy",),
    ("taxonomy", "list"),
    ("taxonomy", "show"),
]


@pytest.fixture
def small(tmp_path: Path) -> tuple[str, str]:
    return "--taxonomy", str(write(tmp_path, "taxonomy.yaml", TAXONOMY))


def test_the_list_holds_every_term_of_every_scheme(small: tuple[str, str]) -> None:
    lines = run("taxonomy", "list", *small).stdout.splitlines()
    assert [line.split("\t")[1] for line in lines] == [
        *("local-government", "council", "toolkit", "training", "co-production", "planning"),
        *("northern-ireland", "belfast", "publication", "free", "northern-ireland"),
    ]


@pytest.mark.parametrize("name", ["support_types", "support-types", "Support types", "suport_types"])
def test_one_scheme_can_be_listed_by_any_spelling(name: str, small: tuple[str, str]) -> None:
    result = run("taxonomy", "list", name, "--format", "json", *small)
    assert result.exit_code == 0
    terms = [(term["scheme"], term["id"]) for term in json.loads(result.stdout)]
    assert terms == [("support_types", "toolkit"), ("support_types", "training")]


def test_the_list_opens_as_csv(small: tuple[str, str]) -> None:
    rows = list(csv.DictReader(io.StringIO(run("taxonomy", "list", "roles", "-f", "csv", *small).stdout), strict=True))
    assert [(row["id"], row["prefLabel"], row["altLabel"]) for row in rows] == [
        ("council", "Council officer", "town hall")
    ]


def test_the_list_as_markdown_names_each_term(small: tuple[str, str]) -> None:
    lines = run("taxonomy", "list", "roles", "-f", "markdown", *small).stdout.splitlines()
    assert lines == ["- **Council officer** (`council`): Someone who works for a council."]


def test_an_unknown_scheme_is_wrong_usage_and_lists_the_schemes(small: tuple[str, str]) -> None:
    result = run("taxonomy", "list", "zzz", *small)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "support_types, themes, places" in result.stderr


def test_a_term_is_shown_with_its_labels_and_neighbours(small: tuple[str, str]) -> None:
    shown = run("taxonomy", "show", "town hall", *small).stdout
    assert "Council officer [council]" in shown
    assert "Someone who works for a council." in shown
    assert "toolkit (0.5)" in run("taxonomy", "show", "training", *small).stdout
    assert re.search(r"wider term +northern-ireland", run("taxonomy", "show", "Belfast", *small).stdout)


def test_a_misspelt_term_is_read_and_said(small: tuple[str, str]) -> None:
    result = run("taxonomy", "show", "traning", *small)
    assert (result.exit_code, result.stderr) == (0, "Read “traning” as “Training”.\n")
    assert "Courses and workshops." in result.stdout


@pytest.mark.parametrize("term", ["xyzzyqq", "", "😀", "x\x1b[2Jy\nz"])
def test_an_unknown_term_gets_one_clear_message(term: str, small: tuple[str, str]) -> None:
    result = run("taxonomy", "show", term, *small)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is not one that we know." in result.stderr
    assert "You can use: ." not in result.stderr
    assert result.stderr.rstrip("\n").isprintable()


@pytest.mark.parametrize("format", ["json", "csv", "markdown"])
def test_a_word_that_names_terms_of_two_schemes_still_gives_one_document(format: str, small: tuple[str, str]) -> None:
    output = run("taxonomy", "show", "Northern Ireland", "--format", format, *small).stdout
    assert output.count("northern-ireland") >= 2
    if format == "json":
        assert {item["scheme"] for item in json.loads(output)} == {"places", "jurisdictions"}
    elif format == "csv":
        assert [row["scheme"] for row in csv.DictReader(io.StringIO(output))] == ["places", "jurisdictions"]
    else:
        assert all(line.startswith(("#", "- ", "*", " ")) for line in output.splitlines() if line)


@pytest.mark.parametrize(("width", "arguments"), [(80, ("list",)), (160, ("show", "toolkit"))])
def test_nothing_is_wider_than_the_terminal(width: int, arguments: tuple[str, ...]) -> None:
    lines = visible(terminal(width, "taxonomy", *arguments)).splitlines()
    assert len(lines) > 5
    assert max(map(len, lines)) <= width


def test_a_taxonomy_that_is_broken_is_a_problem_of_data(tmp_path: Path) -> None:
    result = run("taxonomy", "list", "--taxonomy", str(write(tmp_path, "t.yaml", "roles: []\n")))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "t.yaml:1:1: “support_types” is missing." in result.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_of_every_command_holds_an_example(command: tuple[str, ...]) -> None:
    result = run(*command, "--help")
    assert (result.exit_code, result.stderr) == (0, "")
    usage, *rest = re.findall(r"coprod-match.*", result.stdout)
    assert "[OPTIONS]" in usage
    assert any(example.startswith(" ".join(["coprod-match", *command])) for example in rest)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_can_be_read_on_a_terminal_without_utf_8(command: tuple[str, ...]) -> None:
    result = run(*command, "--help", charset="ascii")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Usage" in result.stdout


def test_the_version_is_one_line() -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*\n", result.stdout)


def test_a_misspelt_command_gets_a_guess() -> None:
    result = run("recomend")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Did you mean 'recommend'?" in result.stderr


def test_the_completion_script_for_bash_is_good_bash() -> None:
    script = run(env={"_COPROD_MATCH_COMPLETE": "source_bash"}).stdout
    assert "complete -o default -F" in script
    checked = subprocess.run(["bash", "-n"], input=script, text=True, capture_output=True, check=False)  # noqa: S607
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("coprod-match cat", ["catalogue"]), ("coprod-match taxonomy ", ["list", "show"])],
)
def test_the_shell_can_ask_what_comes_next(typed: str, offered: list[str]) -> None:
    env = {
        "_COPROD_MATCH_COMPLETE": "complete_bash",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(typed.count(" ")),
    }
    assert run(env=env).stdout.split() == offered
