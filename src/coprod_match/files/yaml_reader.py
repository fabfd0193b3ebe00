"""YAML in, plain data and the place of every value out; safe against hostile files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from coprod_match.errors import DataError, Problem
from coprod_match.files.limits import MAX_BYTES, MAX_DEPTH

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is ten times as fast

Location = tuple[str | int, ...]
"""The way to a value inside a document: keys and positions, as in `("resources", 3, "url")`."""


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file: its data, and the line and column of everything in it."""

    name: str
    data: object
    places: dict[Location, tuple[int, int]]
    """Line and column (both from 1) of each value, and of each key under `(…, "key:NAME")`."""

    def where(self, path: Location, *, key: bool = False) -> str:
        """`file:line:column` of a value or of its key; of the nearest thing around it where it is missing."""
        if key and path:
            path = (*path[:-1], f"key:{path[-1]}")
        while path and path not in self.places:
            path = path[:-1]
        line, column = self.places.get(path, (1, 1))
        return f"{self.name}:{line}:{column}"

    def problem(self, path: Location, message: str, hint: str = "", *, key: bool = False) -> Problem:
        """A problem with the value at a path, or with its key."""
        return Problem(self.where(path, key=key), message, hint)

    def repeated_ids(self, path: Location, ids: Sequence[str]) -> Iterator[Problem]:
        """A problem for each entry of the list at `path` whose id an earlier one has."""
        first: dict[str, int] = {}
        for position, id in enumerate(ids):
            if first.setdefault(id, position) != position:
                taken = self.where((*path, first[id], "id"))
                message = f"The id “{id}” is already taken at {taken}."
                yield self.problem((*path, position, "id"), message, "Give one of them another id.")


def read_yaml(path: Path) -> Document:
    """Read one YAML file. Raises DataError when it cannot be read, is not YAML, or is not safe to load."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)  # what is no plain file has no size to ask for
        if len(content) > MAX_BYTES:
            megabytes = MAX_BYTES // 1024 // 1024
            message = f"The file is larger than {megabytes} MB."
            raise _error(path.name, message, "Split it, or check that it is the right file.")
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _error(
            path.name, f"The file is not UTF-8 text (byte {error.start}).", "Save it again as UTF-8."
        ) from None
    except OSError as error:
        raise _error(
            str(path), f"The file cannot be read: {error.strerror or error}.", "Check the name and your permissions."
        ) from None
    return parse_yaml(text, path.name)


def parse_yaml(text: str, name: str) -> Document:
    """Parse YAML text; `name` stands in messages. Raises DataError as `read_yaml` does."""
    try:
        _refuse_hostile(text, name)
        root = yaml.compose(text, Loader=_Loader)
        if root is None:
            raise _error(name, "The file is empty.", "")
        builder = _Builder(name)
        data = builder.build(root, ())
    except yaml.MarkedYAMLError as error:
        raise DataError([_syntax_problem(error, name, text)]) from None
    except yaml.YAMLError as error:  # a character that YAML forbids has no mark
        raise _error(
            name, f"This is not valid YAML: {' '.join(str(error).split())}.", "Take the character out."
        ) from None
    if builder.problems:
        raise DataError(builder.problems)
    return Document(name, data, builder.places)


def _refuse_hostile(text: str, name: str) -> None:
    """Refuse what can make a small file huge in memory: aliases, deep nesting, tags of other programs."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        mark = event.start_mark
        where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _error(
                where,
                "Anchors (&) and aliases (*) are not allowed.",
                "Write the value out, or put quotation marks around it.",
            )
        if getattr(event, "tag", None) is not None:
            raise _error(where, "Tags (!) are not allowed.", "Put quotation marks around a text that begins with “!”.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise _error(
                where, f"Values are nested more than {MAX_DEPTH} deep.", "Check the brackets and the indentation."
            )


class _Builder:
    """Turns nodes into plain data and notes where each stood."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.places: dict[Location, tuple[int, int]] = {}
        self.problems: list[Problem] = []
        self._constructor = yaml.constructor.SafeConstructor()

    def build(self, node: yaml.Node, path: Location) -> object:
        self.places[path] = _mark(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, index)) for index, child in enumerate(node.value)]
        try:
            return self._constructor.construct_object(node)
        except ValueError as error:  # an impossible date such as 2026-13-45
            why = str(error)
        except yaml.constructor.ConstructorError:  # = and <<
            why = f"“{node.value}” has a meaning of its own in YAML"
        line, column = self.places[path]
        hint = "Put quotation marks around it if it is text."
        self.problems.append(Problem(f"{self.name}:{line}:{column}", f"A value cannot be read: {why}.", hint))
        return None

    def _mapping(self, node: yaml.MappingNode, path: Location) -> dict[str, object]:
        data: dict[str, object] = {}
        for key_node, value_node in node.value:
            line, column = _mark(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                where = f"{self.name}:{line}:{column}"
                self.problems.append(Problem(where, "The name of a field should be text.", "Check the brackets."))
                continue
            key = str(key_node.value)
            self.places[(*path, f"key:{key}")] = line, column
            if key in data:
                where = f"{self.name}:{line}:{column}"
                self.problems.append(Problem(where, f"“{key}” is given twice in the same entry.", "Keep one of them."))
            data[key] = self.build(value_node, (*path, key))
        return data


def _mark(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _syntax_problem(error: yaml.MarkedYAMLError, name: str, text: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
    hint = "Check the indentation, and put quotation marks around text that holds “: ” or “ #”."
    if mark and "\t" in text.split("\n")[min(mark.line, text.count("\n"))][: mark.column + 1]:
        hint = "YAML does not allow tab characters for indentation: use spaces."
    if "nesting depth" in str(error.problem):
        return Problem(
            where, f"Values are nested more than {MAX_DEPTH} deep.", "Check the brackets and the indentation."
        )
    return Problem(where, f"This is not valid YAML: {error.problem}.", hint)


def _error(where: str, message: str, hint: str) -> DataError:
    return DataError([Problem(where, message, hint)])
