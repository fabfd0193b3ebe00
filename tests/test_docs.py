import re
import runpy
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from typer.main import get_command

from coprod_match import Resource, Taxonomy
from coprod_match.cli.app import app
from coprod_match.files.load import check_catalogue
from coprod_match.model.catalogue import Evidence
from coprod_match.model.taxonomy import Kind, Place, Role, Situation, SupportType

ROOT = Path(__file__).parent.parent
DOCS = sorted((ROOT / "docs").glob("*.md"))
RUN = [ROOT / "README.md", *DOCS]
PAGES = [*RUN, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, language: str) -> list[str]:
    return [code for kind, code in _FENCED.findall(page.read_text(encoding="utf-8")) if kind == language]


@pytest.mark.parametrize("page", RUN, ids=name)
def test_every_generated_block_is_what_the_program_prints_today(page: Path) -> None:
    updated = runpy.run_path(str(ROOT / "docs" / "regenerate.py"))["updated"]
    text = page.read_text(encoding="utf-8")
    assert updated(text) == text, f"{name(page)} is out of date: run python docs/regenerate.py"


@pytest.mark.parametrize("page", [page for page in RUN if blocks(page, "python")], ids=name)
def test_the_python_of_a_page_runs_from_top_to_bottom(page: Path, tmp_path: Path) -> None:
    script = tmp_path / f"{page.stem}.py"
    script.write_text("\n".join(blocks(page, "python")), encoding="utf-8")
    runpy.run_path(str(script))


def test_every_page_with_a_text_block_says_where_it_comes_from() -> None:
    for page in RUN:
        text = page.read_text(encoding="utf-8")
        assert text.count("\n```text\n") == len(re.findall(r"^<!-- .* -->\n```text\n", text, re.MULTILINE)), name(page)


def test_the_reference_names_every_command() -> None:
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    commands = list(leaves(get_command(app), "coprod-match"))
    assert "coprod-match recommend" in commands
    assert [command for command in commands if f"<!-- help: {command} -->" not in text] == []


def leaves(command: Any, path: str) -> list[str]:
    if not hasattr(command, "commands"):
        return [path]
    return [leaf for name, child in command.commands.items() for leaf in leaves(child, f"{path} {name}")]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_relative_link_leads_to_a_file(page: Path) -> None:
    text = _FENCED.sub("", page.read_text(encoding="utf-8"))
    targets = re.findall(r"\]\(([^)#\s]+)", text)
    missing = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert missing == []


def test_every_field_of_the_data_files_is_explained() -> None:
    text = (ROOT / "docs" / "catalogue-format.md").read_text(encoding="utf-8")
    kinds = (Resource, Evidence, Role, SupportType, Place, Kind, Situation)
    names = {name for kind in kinds for name in kind.__struct_fields__}
    assert sorted(field for field in names if f"`{field}`" not in text) == []


def test_the_examples_of_the_data_files_are_sound(tmp_path: Path, taxonomy: Taxonomy) -> None:
    source, term, situations = blocks(ROOT / "docs" / "catalogue-format.md", "yaml")
    file = tmp_path / "resources.yaml"
    file.write_text(source, encoding="utf-8")
    catalogue, problems = check_catalogue(file, taxonomy)
    assert catalogue is not None
    assert [problem for problem in problems if problem.level == "error"] == []
    assert msgspec.convert(yaml.safe_load(term), dict[str, tuple[SupportType, ...]])
    assert msgspec.convert(yaml.safe_load(situations), dict[str, tuple[Situation, ...]])
