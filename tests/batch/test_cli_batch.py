"""`coprod-match batch`, as an adviser or a script meets it."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from command_line import run, small_files, start, start_onto, terminal, visible
from sheets import ASKED, HEADER, write_csv, write_xlsx

from coprod_match.cli import extras


@pytest.fixture
def requests(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "requests.csv", [HEADER, *ASKED])


def test_what_was_read_as_what_is_said_before_the_counts(requests: Path, tmp_path: Path) -> None:
    result = run("batch", str(requests), "--out", str(tmp_path / "matched.xlsx"))
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "requests.csv: 3 rows",
        "read “Who are you?” as role",
        "read “Council area” as place",
        "read “What do you need help with?” as text",
        f"3 rows: 3 matched, 0 for which nothing fits, 0 that need attention. Written to {tmp_path / 'matched.xlsx'}.",
    ]
    assert openpyxl.load_workbook(tmp_path / "matched.xlsx")["By request"].max_row == 4


def test_a_column_that_may_hold_a_part_too_is_named_with_what_would_read_it(tmp_path: Path) -> None:
    requests = tmp_path / "a.csv"
    requests.write_text("Need,Which type of help is it,Colour\ntoolkit,training,red\n", encoding="utf-8")
    lines = run("batch", str(requests)).stderr.splitlines()
    told = "did not read “Which type of help is it”; to read it as need too: "
    assert told + '--map need="Need" --map need="Which type of help is it"' in lines
    assert not any("Colour" in line for line in lines)


def test_it_says_which_row_is_the_header_where_others_stand_above_it(tmp_path: Path) -> None:
    requests = write_csv(tmp_path / "a.csv", [["Survey of needs"], [], HEADER, ASKED[0]])
    assert run("batch", str(requests)).stderr.startswith("a.csv: 1 row under the header, which is row 3\nread “Who")


def test_rows_that_need_attention_are_counted_and_give_exit_code_1(tmp_path: Path) -> None:
    requests = write_csv(tmp_path / "a.csv", [HEADER, ASKED[0], ["", "", "?"], [], ASKED[0]])
    result = run("batch", str(requests), "--out", str(tmp_path / "matched.xlsx"))
    assert result.exit_code == 1
    assert "3 rows: 2 matched, 0 for which nothing fits, 1 that need attention." in result.stderr
    assert "Asked before in the same words: 1 row, with the same answer." in result.stderr
    assert "Passed over as blank: 1 row." in result.stderr
    assert "the sheet “Needs attention”" in result.stderr


@pytest.mark.parametrize("given", ["csv", "xlsx"])
def test_standard_input_is_read_and_standard_output_holds_only_the_answers(given: str, tmp_path: Path) -> None:
    write = {"csv": write_csv, "xlsx": write_xlsx}[given]
    content = write(tmp_path / "a", [HEADER, *ASKED]).read_bytes()
    result = run("batch", "-", "--top", "1", given=content)
    assert result.exit_code == 0
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["row_number"] for row in rows] == ["2", "3", "4"]
    assert result.stderr.startswith("standard input: 3 rows\n")


def test_rows_can_be_printed_as_json_lines(requests: Path) -> None:
    result = run("batch", str(requests), "--top", "2", "--format", "jsonl")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(line["row_number"], line["rank"]) for line in lines] == [(n, rank) for n in (2, 3, 4) for rank in (1, 2)]


def test_columns_can_be_named(tmp_path: Path) -> None:
    requests = write_csv(tmp_path / "a.csv", [["Wer", "Was"], ["Council officer", "training"]])
    result = run("batch", str(requests), "--map", "text=was", "--map", "role=Wer")
    assert result.exit_code == 0
    assert "read “Wer” as role\nread “Was” as text" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--map", "text"), '--map text="Please describe"'),
        (("--map", "text=Nothing"), "There is no column “Nothing”"),
        (("--map", "txt=Council area"), "Did you mean “text”?"),
        (("--sheet", "1"), "no workbook"),
        (("--out", "matched.docx"), ".xlsx"),
        (("--kind", "wizard"), "“wizard” is not one that we know"),
        (("--map", "text=", "--map", "theme="), "No column says what is needed"),
    ],
)
def test_wrong_usage_is_told_in_a_sentence_with_exit_code_2(
    arguments: tuple[str, ...], said: str, requests: Path
) -> None:
    result = run("batch", str(requests), *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_file_that_is_not_there_gives_exit_code_1() -> None:
    result = run("batch", "none.xlsx")
    assert result.exit_code == 1
    assert "none.xlsx: The file cannot be read: No such file or directory." in result.stderr


def test_conditions_hold_for_every_row(requests: Path) -> None:
    result = run("batch", str(requests), "--kind", "course", "--format", "jsonl")
    kinds = {json.loads(line)["kind"] for line in result.stdout.splitlines()}
    assert "course" in kinds
    assert kinds <= {"course", None}


def test_other_data_files_can_be_used(requests: Path, tmp_path: Path) -> None:
    result = run("batch", str(requests), "--format", "jsonl", *small_files(tmp_path))
    assert {json.loads(line)["id"] for line in result.stdout.splitlines()} <= {"first-guide", "second-course", None}


def test_a_terminal_sees_how_far_it_is_and_a_pipe_does_not(requests: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "matched.csv")
    shown = terminal(100, "batch", str(requests), "--out", out)
    assert "rows" in visible(shown)
    assert "3/3" in visible(shown)
    piped = start("batch", str(requests), "--out", out)
    assert b"3/3" not in piped.stderr
    assert b"\x1b" not in piped.stderr


def test_a_full_disk_behind_standard_output_is_told_in_a_sentence(requests: Path) -> None:
    process = start_onto(Path("/dev/full"), "batch", str(requests))
    assert process.returncode == 1
    assert process.stderr.decode().splitlines()[-1].startswith("Sorry: ")
    assert b"Traceback" not in process.stderr


def test_a_device_is_never_replaced(requests: Path) -> None:
    result = run("batch", str(requests), "--out", "/dev/full")
    assert result.exit_code == 2
    assert Path("/dev/full").is_char_device()


def test_standard_output_is_utf_8_whatever_the_terminal_knows(tmp_path: Path) -> None:
    requests = write_csv(tmp_path / "a.csv", [["text"], ["training in Béal Feirste"]])
    process = start("batch", str(requests), "--top", "1", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "Béal Feirste" in process.stdout.decode("utf-8")


def test_without_its_part_it_says_what_to_install(requests: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(extras.EXTRAS, "batch", ("a_module_that_nobody_has",))
    result = run("batch", str(requests))
    assert result.exit_code == 2
    assert "pip install 'coprod-match[batch]'" in result.stderr
