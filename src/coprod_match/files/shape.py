"""What the data files hold, as pydantic sees it, which tells all that is wrong at once; msgspec stops at the first."""

import dataclasses
import typing
from functools import cache
from types import GenericAlias
from typing import Any

from msgspec import NODEFAULT, Struct, structs

_KEPT = ("__doc__", "__module__", "__qualname__", "__firstlineno__")  # by which pydantic finds what fields are for
_STRICT = {"extra": "forbid", "use_attribute_docstrings": True}


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
    """A type in which each struct is seen by its shape."""
    if isinstance(hint, GenericAlias):
        return GenericAlias(typing.get_origin(hint), tuple(map(_seen, hint.__args__)))
    return shape_of(hint) if isinstance(hint, type) and issubclass(hint, Struct) else hint


def _default(field: structs.FieldInfo) -> Any:
    if field.default is not NODEFAULT:
        return dataclasses.field(default=field.default)
    if field.default_factory is not NODEFAULT:
        return dataclasses.field(default_factory=field.default_factory)
    return dataclasses.field()
