"""`coprod-match tune`, as a person or a script meets it."""

from pathlib import Path
from subprocess import CompletedProcess

import pytest
import yaml
from command_line import run, small_files, start
from small_data import write

from coprod_match import Taxonomy
from coprod_match.files.bundled import RANKING_FILE, bundled
from coprod_match.files.load import load_ranking

ONE = """\
- id: only
  role: council
  text: where do I begin with working together
  in_scope: true
  grades: {first-guide: 3, second-course: 1}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tune")


@pytest.fixture(scope="module")
def ran(folder: Path) -> "CompletedProcess[bytes]":
    """One run on the bundled judgements that writes what it proposes."""
    return start("tune", "--write", str(folder / "proposed.yaml"))


def numberless(text: str) -> list[str]:
    """The lines of a file but those that give a value."""
    return [line for line in text.split("\n") if not line.strip().startswith("value:")]


def test_weights_gains_and_the_curve_are_told(ran: "CompletedProcess[bytes]") -> None:
    shown = ran.stdout.decode()
    assert ran.returncode == 0
    for said in ("words", "support type", "nDCG@5 now", "as spoken", "as a form", "gain (95 % interval)", "slope"):
        assert said in shown


def test_progress_is_never_mixed_with_the_answer(ran: "CompletedProcess[bytes]") -> None:
    assert "learning" not in ran.stdout.decode()
    assert "%|" not in ran.stdout.decode()
    assert "weight now" not in ran.stderr.decode()


def test_what_is_written_differs_only_in_numbers(ran: "CompletedProcess[bytes]", folder: Path) -> None:
    assert ran.returncode == 0
    before, after = (file.read_text(encoding="utf-8") for file in (bundled(RANKING_FILE), folder / "proposed.yaml"))
    assert numberless(after) == numberless(before)
    assert len(after.split("\n")) == len(before.split("\n"))


def test_what_is_written_can_be_used(ran: "CompletedProcess[bytes]", folder: Path, taxonomy: Taxonomy) -> None:
    assert ran.returncode == 0
    assert load_ranking(folder / "proposed.yaml", taxonomy).weights.words.value == 1
    answer = run("recommend", "--need", "toolkit", "--ranking", str(folder / "proposed.yaml"))
    assert answer.exit_code == 0


def test_the_weights_that_are_written_are_those_that_are_shown(ran: "CompletedProcess[bytes]", folder: Path) -> None:
    weights = yaml.safe_load((folder / "proposed.yaml").read_text(encoding="utf-8"))["weights"]
    lines = ran.stdout.decode().splitlines()
    for part in ("meaning", "support_type", "theme"):
        row = next(line for line in lines if line.startswith(part.replace("_", " ")))
        assert f"{weights[part]['value']:.2f}" in row


def test_only_the_file_that_was_named_is_written(ran: "CompletedProcess[bytes]", folder: Path) -> None:
    assert ran.returncode == 0
    assert [path.name for path in folder.iterdir()] == ["proposed.yaml"]


def test_a_place_that_cannot_be_written_is_said_in_a_sentence(folder: Path) -> None:
    result = run("tune", "--write", str(folder / "none" / "proposed.yaml"))
    assert result.exit_code == 1
    assert "proposed.yaml: The file cannot be written: No such file or directory." in result.stderr


@pytest.mark.parametrize("text", [ONE, "requests: []", "- {id: others, text: recipe for scones, in_scope: false}"])
def test_too_few_judgements_to_learn_from_are_said_in_a_sentence(text: str, tmp_path: Path) -> None:
    files = (str(write(tmp_path, "few.yaml", text)), *small_files(tmp_path))
    result = run("tune", *files, "--write", str(tmp_path / "proposed.yaml"))
    assert result.exit_code == 1
    assert "few.yaml" in result.stderr
    assert not (tmp_path / "proposed.yaml").exists()
