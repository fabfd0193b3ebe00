"""What the API takes: the same names in an address as in a JSON body."""

from functools import cache
from typing import Annotated, Any, TypeVar

from fastapi import HTTPException
from fastapi import Request as HttpRequest
from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import QueryParams

from coprod_match.errors import CoprodMatchError
from coprod_match.model.request import Filters, Request

TEXT = 4000
"""The most letters of a need in the asker's own words."""

Value = Annotated[str, Field(max_length=200)]
"""An id, a label, an acronym or an everyday word."""


def _without_blanks(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for value in values if value.strip())  # a form sends its empty boxes too


Values = Annotated[tuple[Value, ...], Field(max_length=20), AfterValidator(_without_blanks)]
"""Some of them."""


class Conditions(BaseModel):
    """Hard conditions: what breaks one is left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    free: bool = Field(False, description="Only what costs nothing.")
    jurisdiction: Values = Field((), description="Only what belongs to one of these nations. May be repeated.")
    kind: Values = Field((), description="Only these sorts of thing. May be repeated.", examples=[["fund"]])
    exclude_historic: bool = Field(False, description="Leave out what has ended.")

    @property
    def filters(self) -> Filters:
        """The conditions as the matcher takes them."""
        return Filters(
            free=self.free,
            jurisdictions=self.jurisdiction,
            kinds=self.kind,
            exclude_historic=self.exclude_historic,
        )


class Ask(Conditions):
    """A request for help. Any part may be left out, but not all of role, need, theme, place and text."""

    role: Value | None = Field(None, description="Who is asking.", examples=["council"])
    need: Values = Field((), description="What kind of help. May be repeated.", examples=[["toolkit"]])
    theme: Values = Field((), description="What it is about. May be repeated.", examples=[["rural"]])
    place: Value | None = Field(None, description="Where: a council area, trust, town or nation.", examples=["Derry"])
    text: Annotated[str, Field(max_length=TEXT)] | None = Field(
        None,
        description="The need in the asker's own words. It is never stored.",
        examples=["only the usual people turn up"],
    )
    without: Values = Field(
        (), description="Kinds of help and themes that the text does not mean. May be repeated.", examples=[["rural"]]
    )
    top: int = Field(5, ge=1, le=100, description="How many sources to name.")

    @property
    def request(self) -> Request:
        """The request as the matcher takes it."""
        return Request(
            role=self.role,
            needs=self.need,
            themes=self.theme,
            place=self.place,
            text=self.text,
            without=self.without,
            filters=self.filters,
        )


class Browse(Conditions):
    """Which sources to list: those that carry all the tags that are named."""

    role: Value | None = Field(None, description="Whom it serves.", examples=["council"])
    need: Values = Field((), description="What kind of help it gives. May be repeated.", examples=[["training"]])
    theme: Values = Field((), description="What it is about. May be repeated.", examples=[["rural"]])
    place: Value | None = Field(None, description="The area that it is limited to.", examples=["Fermanagh"])
    limit: int = Field(50, ge=1, le=100, description="How many to list in one go.")
    after: Value | None = Field(None, description="List from here on: the last id of the part before.")


Model = TypeVar("Model", bound=BaseModel)


@cache
def _repeatable(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(name for name, field in model.model_fields.items() if isinstance(field.default, tuple))


class MalformedError(RequestValidationError, CoprodMatchError):
    """Values that a model does not take; `allowed` are the names of those that it does."""

    def __init__(self, error: ValidationError, model: type[BaseModel]) -> None:
        super().__init__(error.errors(include_url=False))
        self.allowed = tuple(model.model_fields)


def from_query(model: type[Model], query: QueryParams) -> Model:
    """The values of an address as a model. Raises MalformedError.

    FastAPI can do this too, but looks at the types of all fields again for each request: twice the time of the rest.
    """
    values: dict[str, Any] = dict(query)
    for name in _repeatable(model) & values.keys():
        values[name] = query.getlist(name)
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise MalformedError(error, model) from None


async def from_body(model: type[Model], http: HttpRequest) -> Model:
    """The values of a JSON body as a model. Raises MalformedError, and HTTPException for another media type.

    A number is no text here, nor the other way round, as the OpenAPI description says.
    """
    if http.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(415)
    try:
        return model.model_validate_json(await http.body(), strict=True)
    except ValidationError as error:
        raise MalformedError(error, model) from None


def in_query(model: type[BaseModel]) -> dict[str, Any]:
    """The OpenAPI description of an address that holds a model's values."""
    parameters = [
        {"name": name, "in": "query", "schema": field, "description": field.pop("description")}
        for name, field in model.model_json_schema()["properties"].items()
    ]
    return {"parameters": parameters}


def in_body(model: type[BaseModel]) -> dict[str, Any]:
    """The OpenAPI description of a body that holds a model's values."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": model.model_json_schema()}}}}
