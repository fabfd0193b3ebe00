"""What is loaded before anything is asked: nothing slow."""

import json
import subprocess
import sys

import pytest
from typer.main import get_command

from coprod_match import Matcher
from coprod_match.cli.app import app

SLOW = {"sklearn", "scipy", "pandas"}
HEAVY = SLOW | {"pydantic", "yaml", "rich", "rapidfuzz"}
"""What an answer from the compiled form has no use for."""

REPORT = """
import atexit, json, sys
atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))
"""

PROGRAM = "import runpy; runpy.run_module('coprod_match', run_name='__main__', alter_sys=True)"


def loaded(code: str, *arguments: str) -> set[str]:
    """The packages and modules that a process which ran `code` has loaded at its end."""
    process = subprocess.run(
        [sys.executable, "-c", REPORT + code, *arguments], capture_output=True, text=True, encoding="utf-8", check=True
    )
    return set(json.loads(process.stderr.splitlines()[-1]))


def test_a_slow_package_would_be_seen() -> None:
    assert "scipy" in loaded("import scipy.sparse")


def test_importing_the_package_loads_nothing_slow() -> None:
    packages = loaded("import coprod_match")
    assert "coprod_match" in packages
    assert packages & SLOW == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("recommend", "--help"),
        ("catalogue", "list", "--help"),
        ("taxonomy", "show", "--help"),
    ],
    ids=" ".join,
)
def test_help_loads_nothing_slow(arguments: tuple[str, ...]) -> None:
    packages = loaded(PROGRAM, *arguments)
    assert "coprod_match" in packages
    assert packages & SLOW == set()


def test_help_needs_neither_the_engine_nor_numpy() -> None:
    assert loaded(PROGRAM, "--help") & (HEAVY | {"numpy", "msgspec"}) == set()


def test_an_answer_from_the_compiled_form_loads_only_what_it_uses(matcher: Matcher) -> None:
    packages = loaded(PROGRAM, "recommend", "--role", "council", "--need", "toolkit", "--text", "usual suspects")
    assert "numpy" in packages
    assert packages & HEAVY == set()


def test_an_answer_loads_no_other_command(matcher: Matcher) -> None:
    modules = loaded(PROGRAM, "recommend", "--role", "council", "--need", "toolkit")
    commands = {f"coprod_match.cli.{name}" for name in get_command(app).commands}  # type: ignore[attr-defined]
    assert len(commands) > 1
    assert modules & commands == {"coprod_match.cli.recommend"}
