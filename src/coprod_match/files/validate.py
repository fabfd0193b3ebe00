"""From plain data to frozen values, with every problem of a file told at once in plain English."""

import dataclasses
import typing
from collections.abc import Sequence
from typing import TypeVar

import msgspec

from coprod_match.errors import DataError, Problem
from coprod_match.files.shape import shape_of
from coprod_match.files.yaml_reader import Document, Location
from coprod_match.nearest import did_you_mean

T = TypeVar("T", bound=msgspec.Struct)


def build(document: Document, kind: type[T]) -> T:
    """Make a value of the struct `kind` from a document. Raises DataError with every problem of shape in it."""
    from pydantic import TypeAdapter, ValidationError  # only files need it: answering a request does not

    shape = shape_of(kind)
    try:
        return msgspec.convert(TypeAdapter(shape).validate_python(document.data), kind, from_attributes=True)
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems = [
            _problem(document, shape, detail["type"], detail["loc"], detail.get("input"), detail["msg"])
            for detail in details
        ]
        raise DataError(problems) from None


def _problem(document: Document, kind: type, type_: str, loc: Location, given: object, message: str) -> Problem:
    if type_ == "unexpected_keyword_argument":
        allowed = _fields_at(kind, loc[:-1])
        text = f"{_entry(document, loc)}“{loc[-1]}” is not a field here."
        return Problem(document.where(loc, key=True), text, did_you_mean(str(loc[-1]), allowed))
    if type_ == "missing":
        text = f"{_entry(document, loc)}“{loc[-1]}” is missing."
        return Problem(document.where(loc[:-1]), text, "Add it.")
    label = ".".join(str(part) for part in loc if isinstance(part, str)) or "the file"
    wanted = _WANTED.get(type_, message.replace("Input should be", "should be"))
    hint = (
        "Put quotation marks around it if it is meant as text."
        if type_ == "string_type" and isinstance(given, int | float)
        else ""
    )
    return Problem(
        document.where(loc), f"{_entry(document, loc)}“{label.split('.')[-1]}” {wanted}; it is {_show(given)}.", hint
    )


_WANTED = {
    "string_type": "should be text",
    "tuple_type": "should be a list, each item on a line of its own after “- ” or between [ and ]",
    "list_type": "should be a list",
    "dataclass_type": "should be a group of fields (“name: value” lines)",
    "dict_type": "should be a group of fields (“name: value” lines)",
    "int_type": "should be a whole number",
    "int_from_float": "should be a whole number",
    "date_from_datetime_inexact": "should be a date such as 2026-11-24",
    "int_parsing": "should be a whole number",
    "float_type": "should be a number",
    "float_parsing": "should be a number",
    "date_type": "should be a date such as 2026-11-24",
    "date_from_datetime_parsing": "should be a date such as 2026-11-24",
    "date_parsing": "should be a date such as 2026-11-24",
}


def _show(given: object) -> str:
    if given is None:
        return "empty"
    if isinstance(given, bool):
        return "yes (true)" if given else "no (false)"
    if isinstance(given, list | tuple):
        return "a list"
    if isinstance(given, dict):
        return "a group of fields"
    text = str(given)
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def _entry(document: Document, loc: Location) -> str:
    """The id of the list entry that a problem lies in, as `community-places: `, so that people can search for it."""
    value: object = document.data
    for part in loc[:-1]:
        try:
            value = value[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return ""
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            return f"{value['id']}: "
    return ""


def _fields_at(kind: object, loc: Location) -> Sequence[str]:
    """Names of the fields that the value at `loc` may have."""
    for part in loc:
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            kind = typing.get_type_hints(kind).get(str(part))
        elif typing.get_args(kind):
            kind = typing.get_args(kind)[0 if typing.get_origin(kind) is tuple else -1]
    return [field.name for field in dataclasses.fields(kind)] if dataclasses.is_dataclass(kind) else []
