"""What the data files hold, as pydantic sees it, which tells all that is wrong at once; msgspec stops at the first."""

import dataclasses
import typing
from collections.abc import Sequence
from functools import cache, reduce
from operator import or_
from types import GenericAlias, UnionType
from typing import Annotated, Any, Literal

from msgspec import NODEFAULT, Struct, structs

_KEPT = ("__doc__", "__module__", "__qualname__", "__firstlineno__")  # by which pydantic finds what fields are for
_STRICT = {"extra": "forbid", "use_attribute_docstrings": True}
_NUMBERS: dict[Any, str] = {int: "a whole number", float: "a number"}


@cache
def shape_of(kind: type[Struct]) -> type:
    """A dataclass with the name, fields and descriptions of a struct, for pydantic to check a document by."""
    hints = typing.get_type_hints(kind)
    fields = structs.fields(kind)
    space: dict[str, Any] = {name: vars(kind)[name] for name in _KEPT if name in vars(kind)}
    space |= {
        "__pydantic_config__": _STRICT,
        "__annotations__": {field.name: _seen(hints[field.name]) for field in fields},
    }
    space |= {field.name: _default(field) for field in fields}
    return dataclasses.dataclass(frozen=True, slots=True, kw_only=True)(type(kind.__name__, (), space))


def _seen(hint: Any) -> Any:
    """A type in which each struct is seen by its shape, and no number is given as yes or no."""
    if isinstance(hint, GenericAlias):
        return GenericAlias(typing.get_origin(hint), tuple(map(_seen, hint.__args__)))
    if isinstance(hint, UnionType):
        return reduce(or_, map(_seen, hint.__args__))
    if typing.get_origin(hint) is Literal and isinstance(hint.__args__[0], int):
        *most, last = map(str, hint.__args__)
        return _only(hint, hint.__args__, f"{', '.join(most)} or {last}")
    if hint in _NUMBERS:
        return _only(hint, None, _NUMBERS[hint])
    return shape_of(hint) if isinstance(hint, type) and issubclass(hint, Struct) else hint


def _only(kind: Any, choices: Sequence[int] | None, wanted: str) -> Any:
    """A kind of number, one of the choices if there are any, and not yes or no, which Python takes for 1 and 0."""
    from pydantic import BeforeValidator
    from pydantic_core import PydanticCustomError

    def check(given: object) -> object:
        if isinstance(given, bool) or (choices is not None and given not in choices):
            raise PydanticCustomError("number", "should be {wanted}", {"wanted": wanted})
        return given

    return Annotated[kind, BeforeValidator(check)]


def _default(field: structs.FieldInfo) -> Any:
    if field.default is not NODEFAULT:
        return dataclasses.field(default=field.default)
    if field.default_factory is not NODEFAULT:
        return dataclasses.field(default_factory=field.default_factory)
    return dataclasses.field()
