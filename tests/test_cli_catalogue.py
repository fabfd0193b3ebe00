"""`coprod-match catalogue check`, `list` and `show`, as a curator meets them."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import run, small_catalogue, start_onto, terminal, visible
from small_data import CATALOGUE, TAXONOMY, changed, where, write

from coprod_match import Catalogue

FIRST, SECOND = "first-guide", "second-course"


def check(folder: Path, text: str, *options: str) -> tuple[int, str, str]:
    taxonomy = write(folder, "taxonomy.yaml", TAXONOMY)
    result = run(
        "catalogue",
        "check",
        str(write(folder, "my.yaml", text)),
        "--taxonomy",
        str(taxonomy),
        "--no-warnings",
        *options,
    )
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


def test_the_catalogue_that_comes_along_has_no_errors(catalogue: Catalogue) -> None:
    result = run("catalogue", "check")
    assert result.exit_code == 0
    assert f"{len(catalogue)} sources, version {catalogue.version}. 0 errors" in result.stdout
    assert "error:" not in result.stderr


def test_a_good_file_is_said_to_be_good(tmp_path: Path) -> None:
    code, output, errors = check(tmp_path, CATALOGUE)
    assert (code, errors) == (0, "")
    assert re.fullmatch(r"my\.yaml: 2 sources, version [0-9a-f]{12}\. 0 errors, \d+ warnings?\.\n", output)


def test_warnings_are_shown_unless_they_are_not_wanted(tmp_path: Path) -> None:
    text = changed(CATALOGUE, ("https://example.org/second\n", "https://example.org/first\n"))
    assert check(tmp_path, text)[2] == ""
    code, _, errors = check(tmp_path, text, "--warnings")
    assert code == 0
    place = where("my.yaml", text, "second-course")
    assert f"warning: {place}: second-course: “first-guide” has the same address." in errors


def test_every_problem_is_reported_at_once_with_its_place(tmp_path: Path) -> None:
    text = changed(
        CATALOGUE,
        ("year: 2019", "year: long ago"),
        ("provider: Another", "povider: Another"),
        ("terms: [classes]", "terms: classes"),
    )
    code, output, errors = check(tmp_path, text)
    assert code == 1
    assert f"error: {where('my.yaml', text, 'long ago')}: {FIRST}: “year” should be a whole number" in errors
    assert f"error: {where('my.yaml', text, 'povider')}: {SECOND}: “povider” is not a field here." in errors
    assert "Did you mean “provider”?" in errors
    assert f"error: {where('my.yaml', text, 'classes' + chr(10))}: {SECOND}: “terms” should be a list" in errors
    assert re.search(r"my\.yaml: \d errors", output)


def test_a_repeated_id_is_an_error_that_names_the_first_place(tmp_path: Path) -> None:
    text = changed(CATALOGUE, ("id: second-course", "id: first-guide"))
    code, _, errors = check(tmp_path, text)
    assert code == 1
    assert f"“first-guide” is already taken at {where('my.yaml', text, 'first-guide')}" in errors
    assert errors.count("\n") == 1


def test_an_unknown_term_gets_the_nearest_guess(tmp_path: Path) -> None:
    code, _, errors = check(tmp_path, changed(CATALOGUE, ("support_types: [toolkit]", "support_types: [tolkit]")))
    assert code == 1
    assert "“tolkit” is not a term of support_types. Did you mean “toolkit”?" in errors


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty"),
        ("just some text\n", "should be a group of fields"),
        ("resources: 5\n", "“resources” should be a list"),
        ("resources:\n  - id: a\n    bad: [1\n", "not valid YAML"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "Anchors (&) and aliases (*) are not allowed"),
        ("resources: " + "[" * 500 + "]" * 500 + "\n", "nested"),
        ("resources:\n  - id: x\a\n", "control characters are not allowed"),
        ("resources:\n  - id: x\n    last_reviewed: 2026-13-45\n", "my.yaml"),
        ("resources:\n  - id: x\n    last_reviewed: !!timestamp 'soon'\n", "my.yaml"),
        ("resources:\n  - !!python/object/apply:os.getcwd []\n", "my.yaml"),
        ("resources:\n  - id: 😀\n    name: שלום\n", "😀: “kind” is missing"),
    ],
)
def test_a_file_that_cannot_be_used_gets_a_message_and_exit_1(text: str, said: str, tmp_path: Path) -> None:
    code, _, errors = check(tmp_path, text)
    assert code == 1
    assert said in errors
    assert all(line.startswith(("Sorry: my.yaml", "error: my.yaml")) for line in errors.splitlines())


@pytest.mark.parametrize("text", ["resources:\n\t- id: a\n", "resources:\n  - id: a\n\t  name: b\n"])
def test_a_tab_is_called_a_tab(text: str, tmp_path: Path) -> None:
    code, _, errors = check(tmp_path, text)
    assert code == 1
    assert re.fullmatch(r"Sorry: my\.yaml:\d:\d: .*\btabs?\b.*\n", errors)


def test_a_file_that_cannot_be_read_gets_a_message(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes("name: Caf\xe9\n".encode("latin-1"))
    for name, said in (("missing.yaml", "No such file"), ("", "directory"), ("latin.yaml", "not UTF-8")):
        result = run("catalogue", "check", str(tmp_path / name))
        assert result.exit_code == 1
        assert result.stdout == ""
        assert said in result.stderr


def test_a_key_that_is_no_text_is_shown_as_it_was_written(tmp_path: Path) -> None:
    code, _, errors = check(tmp_path, "? [a, b]\n: c\nresources: []\n")
    assert code == 1
    assert "ScalarNode" not in errors


def test_what_a_file_holds_cannot_steer_the_terminal(tmp_path: Path) -> None:
    _, _, errors = check(
        tmp_path, changed(CATALOGUE, ("id: first-guide", 'id: "a\\e[31mb"'), ("year: 2019", "year: x"))
    )
    assert "\x1b" not in errors
    files = small_catalogue(tmp_path, changed(CATALOGUE, ("name: A first guide", 'name: "A\\e[31m\\tfirst\\nguide"#')))
    lines = run("catalogue", "list", *files).stdout.splitlines()
    assert len(lines) == 2
    assert all(line.count("\t") == 2 and line.replace("\t", "").isprintable() for line in lines)


def test_the_list_is_in_alphabetical_order(tmp_path: Path) -> None:
    lines = run("catalogue", "list", *small_catalogue(tmp_path)).stdout.splitlines()
    assert [line.split("\t") for line in lines] == [
        ["first-guide", "A first guide to working together", "https://example.org/first"],
        ["second-course", "Evening classes for planners", "https://example.org/second"],
    ]


@pytest.mark.parametrize(
    ("condition", "ids"),
    [
        (("--role", "town hall"), [FIRST, SECOND]),
        (("--need", "trainings"), [SECOND]),
        (("--need", "toolkit", "--need", "training"), []),
        (("--theme", "co production"), [FIRST]),
        (("--place", "BELFAST"), [SECOND]),
        (("--free", "--kind", "publication", "--jurisdiction", "Northern Ireland"), [FIRST, SECOND]),
        (("--exclude-historic",), [FIRST]),
    ],
)
def test_the_list_keeps_what_carries_all_the_tags(condition: tuple[str, ...], ids: list[str], tmp_path: Path) -> None:
    result = run("catalogue", "list", *condition, "--format", "json", *small_catalogue(tmp_path))
    assert result.exit_code == 0
    assert [entry["id"] for entry in json.loads(result.stdout)] == ids


def test_an_unknown_condition_of_the_list_is_wrong_usage_named_as_the_option_is(tmp_path: Path) -> None:
    result = run("catalogue", "list", "--role", "wizard", *small_catalogue(tmp_path))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Sorry: role: “wizard” is not one that we know.")


def test_the_list_opens_as_csv_and_holds_links_as_markdown(tmp_path: Path) -> None:
    files = small_catalogue(tmp_path)
    rows = list(csv.DictReader(io.StringIO(run("catalogue", "list", "-f", "csv", *files).stdout), strict=True))
    assert [row["id"] for row in rows] == [FIRST, SECOND]
    lines = run("catalogue", "list", "-f", "markdown", *files).stdout.splitlines()
    assert lines[1].startswith("- [Evening classes for planners](https://example.org/second)")


def test_the_list_in_a_terminal_of_80_columns_shows_each_id_whole(tmp_path: Path) -> None:
    id = "childrens-services-cooperation-act-northern-ireland-2015"
    files = small_catalogue(tmp_path, changed(CATALOGUE, ("first-guide", id)))
    lines = visible(terminal(80, "catalogue", "list", *files)).splitlines()
    assert any(id in line for line in lines)
    assert max(map(len, lines)) <= 80


def test_show_tells_all_that_is_known_of_a_source(tmp_path: Path) -> None:
    result = run("catalogue", "show", "second-course", *small_catalogue(tmp_path))
    assert (result.exit_code, result.stderr) == (0, "")
    for part in ("Evening classes for planners", "It teaches how a plan is made.", "https://example.org/second"):
        assert part in result.stdout
    for part in ("Another Body", "Belfast", "Training", "historic", "2025-01-31", "confidence low", "who teaches"):
        assert part in result.stdout


@pytest.mark.parametrize("spelling", ["first-gide", "First-Guide", "a first guide to working together"])
def test_show_reads_a_close_spelling_and_says_so(spelling: str, tmp_path: Path) -> None:
    result = run("catalogue", "show", spelling, "--format", "json", *small_catalogue(tmp_path))
    assert result.exit_code == 0
    assert json.loads(result.stdout)[0]["id"] == FIRST
    assert result.stderr == f"Read “{spelling}” as “first-guide”.\n"


@pytest.mark.parametrize("id", ["xyzzy", "", "😀", "x" * 3000, "a\x1b[2Jb\nc"])
def test_show_says_that_it_does_not_know_a_source(id: str, tmp_path: Path) -> None:
    result = run("catalogue", "show", id, *small_catalogue(tmp_path))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "is not one that we know. See all sources with: coprod-match catalogue list" in result.stderr
    assert "You can use: ." not in result.stderr
    assert result.stderr.rstrip("\n").isprintable()
    assert len(result.stderr) < 500


@pytest.mark.parametrize("arguments", [("show",), ("lst",), ("list", "--format", "xml"), ("check", "a", "b")])
def test_wrong_usage_is_exit_2_with_nothing_on_standard_output(arguments: tuple[str, ...]) -> None:
    result = run("catalogue", *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "catalogue" in result.stderr


@pytest.mark.parametrize("format", ["table", "json"])
def test_a_reader_that_stops_early_is_no_error(format: str, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "coprod_match",
        "catalogue",
        "list",
        "--format",
        format,
        *small_catalogue(tmp_path),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_a_full_disk_gets_a_message_and_no_traceback(tmp_path: Path) -> None:
    files = small_catalogue(tmp_path)
    result = start_onto(Path("/dev/full"), "catalogue", "list", *files)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr.decode()
    assert "No space left" in result.stderr.decode()


def test_standard_output_that_is_closed_gives_no_traceback(tmp_path: Path) -> None:
    command = ["sh", "-c", '"$@" >&-', "sh", sys.executable, "-m", "coprod_match", "catalogue", "list"]
    result = subprocess.run([*command, *small_catalogue(tmp_path)], stderr=subprocess.PIPE, text=True, check=False)
    assert "Traceback" not in result.stderr
