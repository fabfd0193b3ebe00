"""`coprod-match evaluate`, as a person or a script meets it."""

import json
from pathlib import Path
from typing import Any, NoReturn

import pytest
from command_line import run, small_files, start
from small_data import changed, where, write

JUDGED = """\
- id: first
  role: council
  text: where do I begin with working together
  in_scope: true
  facets: {support_types: [toolkit], themes: [co-production]}
  grades: {first-guide: 3, second-course: 1}
- id: second
  text: who teaches planning in evening classes
  in_scope: true
  facets: {support_types: [training], themes: [planning]}
  grades: {second-course: 2, first-guide: 0}
- id: third
  text: recipe for scones
  in_scope: false
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, ...]:
    """Small data files, and judgements of their entries."""
    return (str(write(tmp_path, "judged.yaml", JUDGED)), *small_files(tmp_path))


def no_number(word: str) -> NoReturn:
    raise AssertionError(f"{word} is not JSON")


def strictly(text: str) -> Any:
    """JSON as machines other than Python read it."""
    return json.loads(text, parse_constant=no_number)


@pytest.fixture
def before(tmp_path: Path, files: tuple[str, ...]) -> Path:
    """Figures of an earlier run."""
    return write(tmp_path, "before.json", run("evaluate", *files, "--format", "json").stdout)


def test_a_process_of_its_own_writes_figures_and_nothing_else(files: tuple[str, ...]) -> None:
    result = start("evaluate", *files, "--format", "json")
    assert (result.returncode, result.stderr) == (0, b"")
    report = strictly(result.stdout.decode())
    assert (report["requests"], report["out_of_scope"]) == (2, 1)
    assert set(report["settings"]) == {"as spoken", "as a form"}
    assert set(report["settings"]["as spoken"]["per_request"]) == {"first", "second"}


def test_the_table_names_rankings_measures_and_groups(files: tuple[str, ...]) -> None:
    result = run("evaluate", *files)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "2 requests in scope, 1 out of scope." in result.stdout
    for said in ("BM25", "rules only", "full engine, as a form", "council", "not said", "training", "Wrongly refused"):
        assert said in result.stdout


def test_the_figures_for_machines_are_those_for_people(files: tuple[str, ...]) -> None:
    report = strictly(run("evaluate", *files, "--format", "json").stdout)
    for name, setting in report["settings"].items():
        figure = setting["measures"]["nDCG@5"]
        shown = f"{figure['mean']:.2f} ({figure['low']:.2f}-{figure['high']:.2f})"
        row = next(line for line in run("evaluate", *files).stdout.splitlines() if f"full engine, {name}" in line)
        assert shown in row


def test_json_stays_json_when_there_is_nothing_out_of_scope(tmp_path: Path, files: tuple[str, ...]) -> None:
    write(tmp_path, "judged.yaml", JUDGED[: JUDGED.index("- id: third")])
    assert strictly(run("evaluate", *files, "--format", "json").stdout)["out_of_scope"] == 0


def test_the_table_says_no_nan_when_there_is_nothing_out_of_scope(tmp_path: Path, files: tuple[str, ...]) -> None:
    write(tmp_path, "judged.yaml", JUDGED[: JUDGED.index("- id: third")])
    assert "nan" not in run("evaluate", *files).stdout


def test_as_many_of_the_worst_are_shown_as_asked(files: tuple[str, ...]) -> None:
    for count in (0, 1):
        report = strictly(run("evaluate", *files, "--worst", str(count), "--format", "json").stdout)
        assert [len(setting["worst"]) for setting in report["settings"].values()] == [count, count]
    assert run("evaluate", *files, "--worst", "-1").exit_code == 2


def test_a_run_compared_with_itself_wins_and_loses_nothing(files: tuple[str, ...], before: Path) -> None:
    result = run("evaluate", *files, "--compare", str(before))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.count("better: 0") == result.stdout.count("worse: 0") == 2


def test_wins_and_losses_are_named_with_by_how_much(files: tuple[str, ...], before: Path) -> None:
    earlier = strictly(before.read_text(encoding="utf-8"))
    now = earlier["settings"]["as spoken"]["per_request"]
    earlier["settings"]["as spoken"]["per_request"] = {"first": now["first"] - 0.25, "second": now["second"] + 0.125}
    before.write_text(json.dumps(earlier), encoding="utf-8")
    shown = run("evaluate", *files, "--compare", str(before)).stdout
    assert "better: 1  first +0.25" in shown
    assert "worse: 1  second -0.12" in shown


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "not JSON",
        "[1]",
        "null",
        '{"settings": 3}',
        '{"settings": {"as spoken": {}}}',
        '{"settings": {"as spoken": {"per_request": {"first": "x"}}}}',
        '{"settings": {"as spoken": {"per_request": {"first": null}}}}',
        '{"settings": {}}',
        "[" * 200_000,
    ],
)
def test_what_is_no_earlier_run_is_refused(wrong: str, tmp_path: Path, files: tuple[str, ...]) -> None:
    result = run("evaluate", *files, "--compare", str(write(tmp_path, "wrong.json", wrong)))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "wrong.json: These are not figures of an earlier run." in result.stderr
    assert "Make them with coprod-match evaluate --format json." in result.stderr


def test_an_earlier_run_that_is_not_text_is_refused(tmp_path: Path, files: tuple[str, ...]) -> None:
    (tmp_path / "wrong.json").write_bytes(b"\xff\xfe\x00")
    result = run("evaluate", *files, "--compare", str(tmp_path / "wrong.json"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "wrong.json" in result.stderr


def test_an_earlier_run_that_is_not_there_is_said_so(tmp_path: Path, files: tuple[str, ...]) -> None:
    result = run("evaluate", *files, "--compare", str(tmp_path / "gone.json"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "gone.json: The file cannot be read: No such file or directory." in result.stderr


def test_an_earlier_run_of_other_requests_is_not_compared_in_numbers(files: tuple[str, ...], before: Path) -> None:
    before.write_text(
        before.read_text(encoding="utf-8").replace('"first":', '"other":').replace('"second":', '"more":')
    )
    assert "nan" not in run("evaluate", *files, "--compare", str(before)).stdout


def test_a_slip_in_the_judgements_is_shown_where_it_stands(tmp_path: Path, files: tuple[str, ...]) -> None:
    text = changed(JUDGED, ("first-guide", "frist-guide"))
    write(tmp_path, "judged.yaml", text)
    result = run("evaluate", *files)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"{where('judged.yaml', text, 'frist-guide')}: first: there is no source" in result.stderr
    assert "Did you mean “first-guide”?" in result.stderr


def test_judgements_without_a_request_in_scope_end_without_a_crash(tmp_path: Path, files: tuple[str, ...]) -> None:
    write(tmp_path, "judged.yaml", JUDGED[JUDGED.index("- id: third") :])
    assert run("evaluate", *files).exception is None


def test_a_comparison_is_part_of_the_json_too(tmp_path: Path, files: tuple[str, ...]) -> None:
    before = tmp_path / "before.json"
    before.write_text(run("evaluate", *files, "--format", "json").stdout, encoding="utf-8")
    found = json.loads(run("evaluate", *files, "--format", "json", "--compare", str(before)).stdout)["comparison"]
    assert {setting: (figures["difference"]["mean"], figures["wins"]) for setting, figures in found.items()} == {
        "as spoken": (0, []),
        "as a form": (0, []),
    }


def test_a_judged_request_without_words_is_told_where_it_stands(tmp_path: Path, files: tuple[str, ...]) -> None:
    text = changed(JUDGED, ("text: who teaches planning in evening classes", 'text: "?!"'))
    write(tmp_path, "judged.yaml", text)
    result = run("evaluate", *files)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"{where('judged.yaml', text, chr(34) + '?!')}: second: the text holds no word." in result.stderr


@pytest.mark.parametrize("text", ["to be or not to be", "xyzzy"])
def test_words_that_say_nothing_are_measured_like_others(text: str, tmp_path: Path, files: tuple[str, ...]) -> None:
    write(tmp_path, "judged.yaml", changed(JUDGED, ("who teaches planning in evening classes", text)))
    report = strictly(run("evaluate", *files, "--format", "json").stdout)
    assert report["requests"] == 2
