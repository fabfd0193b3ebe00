"""What `import coprod_match` promises to other programs."""

import importlib
import inspect
import pickle
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import left_out
import pytest

import coprod_match
from coprod_match import CoprodMatchError, DataError, Problem, RequestError, UnknownTermError

NAMES = coprod_match.__all__


def modules() -> Iterator[ModuleType]:
    unfit = ("coprod_match.__main__", *left_out.modules())
    for module in pkgutil.walk_packages(coprod_match.__path__, "coprod_match."):
        if not module.name.startswith(unfit):
            yield importlib.import_module(module.name)


def public_members(kind: type) -> Iterator[tuple[str, object]]:
    """Methods and properties that a class of ours brings."""
    for owner in kind.__mro__:
        if owner.__module__.startswith("coprod_match"):
            for name, member in vars(owner).items():
                found = getattr(member, "__func__", getattr(member, "func", member))
                if not name.startswith("_") and (inspect.isfunction(found) or isinstance(found, property)):
                    yield name, found


def test_the_public_names_are_sorted_and_each_stands_once() -> None:
    assert sorted(set(NAMES)) == NAMES


def test_the_public_names_are_all_that_the_package_shows() -> None:
    assert all(hasattr(coprod_match, name) for name in NAMES)  # each is loaded when it is first asked for
    shown = {
        name
        for name, value in vars(coprod_match).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    }
    assert shown == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_says_what_it_is(name: str) -> None:
    doc = getattr(coprod_match, name).__doc__
    assert doc
    assert not doc.startswith(f"{name}(")  # what a dataclass writes when nobody else does
    assert doc.split("\n\n")[0].rstrip().endswith((".", ":"))


@pytest.mark.parametrize("name", NAMES)
def test_every_public_method_says_what_it_does(name: str) -> None:
    silent = [member for member, value in public_members(getattr(coprod_match, name)) if not inspect.getdoc(value)]
    assert silent == []


def test_every_module_says_what_it_is_for() -> None:
    assert [module.__name__ for module in modules() if not module.__doc__] == []


def test_every_error_of_ours_can_be_caught_as_one() -> None:
    errors = {
        kind
        for module in modules()
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Exception) and kind.__module__.startswith("coprod_match")
    }
    assert {DataError, RequestError, UnknownTermError} <= errors
    assert [error for error in errors if not issubclass(error, CoprodMatchError)] == []


def test_an_unknown_term_carries_what_a_program_needs_to_ask_again() -> None:
    error = UnknownTermError("role", "wizzard", ["wizard"], ["wizard", "witch"])
    assert (error.field, error.value, error.nearest) == ("role", "wizzard", ("wizard",))
    assert "wizzard" in str(error)
    assert "Did you mean wizard?" in str(error)


def test_an_error_with_no_choices_offers_none() -> None:
    assert "You can use" not in str(UnknownTermError("source", "x", [], []))


def test_a_data_error_lists_every_problem_on_a_line_of_its_own() -> None:
    error = DataError([Problem("a.yaml:1:2", "Wrong.", "Do this."), Problem("a.yaml:3:4", "Bad.")])
    assert str(error) == "a.yaml:1:2: Wrong. Do this.\na.yaml:3:4: Bad."


def test_errors_can_travel_to_another_process() -> None:
    unknown = pickle.loads(pickle.dumps(UnknownTermError("role", "x", ["council"], ["council"])))  # noqa: S301
    data = pickle.loads(pickle.dumps(DataError([Problem("a.yaml:1:1", "It is wrong.")])))  # noqa: S301
    assert (unknown.field, unknown.nearest) == ("role", ("council",))
    assert data.problems == (Problem("a.yaml:1:1", "It is wrong."),)
