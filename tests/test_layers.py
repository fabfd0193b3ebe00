"""The shape of the source: imports go one way, and only the outer parts touch files."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import coprod_match

SOURCE = Path(coprod_match.__file__).parent
FILES = sorted(SOURCE.rglob("*.py"))

LEVELS = (
    {"arrays", "nearest", "printable", "uncollected", "version", "words"},
    {"errors"},
    {"model"},
    {"engine", "files"},
    {"loading"},
    {"matcher"},
    {"render", "evaluation"},
    {"web", "batch"},
    {"spark"},
    {"cli"},
    {"", "__main__"},
)
"""Each part may import itself and the parts of the levels before its own. The part without a name is the package."""

OPENERS = {"open", "read_text", "write_text", "read_bytes", "write_bytes"}


def part(module: str) -> str:
    """The part that a module of ours belongs to: `engine` for `coprod_match.engine.rank`."""
    return [*module.split("."), ""][1]


def module(file: Path) -> str:
    names = ("coprod_match", *file.relative_to(SOURCE).with_suffix("").parts)
    return ".".join(names[:-1] if names[-1] == "__init__" else names)


def level(name: str) -> int:
    return next(number for number, parts in enumerate(LEVELS) if name in parts)


def imports(file: Path) -> Iterator[str]:
    """Every module of ours that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file.name} line {node.lineno}: a relative import"
            names = [node.module or ""]
            if node.module == "coprod_match":
                names = [f"coprod_match.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        yield from (name for name in names if name.split(".")[0] == "coprod_match")


def openings(file: Path) -> Iterator[int]:
    """Lines that open, read or write a file."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if called in OPENERS:
                yield node.lineno


def test_every_part_has_its_level() -> None:
    assert {part(module(file)) for file in FILES} == set().union(*LEVELS)


@pytest.mark.parametrize("file", FILES, ids=module)
def test_imports_go_down_only(file: Path) -> None:
    own = part(module(file))
    upwards = [name for name in imports(file) if part(name) != own and level(part(name)) >= level(own)]
    assert upwards == []


@pytest.mark.parametrize("inner", ["model", "engine", "render"])
def test_the_pure_parts_know_neither_files_nor_the_command_line(inner: str) -> None:
    files = [file for file in FILES if part(module(file)) == inner]
    assert files
    assert [name for file in files for name in imports(file) if part(name) in ("files", "cli")] == []


def test_only_the_outer_parts_open_files() -> None:
    opened = {part(module(file)) for file in FILES if any(openings(file))}
    assert "files" in opened
    assert opened <= {"files", "batch", "web", "cli"}


def test_no_file_is_longer_than_can_be_read_in_one_go() -> None:
    assert [file.name for file in FILES if len(file.read_text(encoding="utf-8").splitlines()) > 300] == []
