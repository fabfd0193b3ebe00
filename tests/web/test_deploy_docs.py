"""What docs/deploy.md tells operators to write works."""

import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command

from coprod_match.cli.app import app
from coprod_match.web.settings import load_settings

PAGE = (Path(__file__).parents[2] / "docs" / "deploy.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def test_the_settings_file_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "service.toml"
    file.write_text(block("toml"), encoding="utf-8")
    settings = load_settings(file)
    assert (settings.home, settings.catalogue) == ("fermanagh-and-omagh", tmp_path / "resources.yaml")


def started() -> list[list[str]]:
    unit = re.search(r"^ExecStart=(.*)$", block("ini"), re.MULTILINE)
    container = re.search(r"^CMD \[(.*)\]$", block("dockerfile"), re.MULTILINE)
    assert unit
    assert container
    shown = re.findall(r"`(coprod-match serve[^`]*)`", PAGE)
    return [shlex.split(unit[1]), shlex.split(container[1].replace(",", " ")), *map(shlex.split, shown)]


@pytest.mark.parametrize("command", started(), ids=" ".join)
def test_the_commands_have_only_options_that_there_are(command: list[str]) -> None:
    serve = get_command(app).commands["serve"]  # type: ignore[attr-defined]
    known = {name for option in serve.params for name in option.opts}
    assert command[1] == "serve"
    assert {word for word in command if word.startswith("--")} <= known
