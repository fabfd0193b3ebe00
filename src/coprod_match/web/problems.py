"""Errors of the API as problem details (RFC 9457): where, what was given, and the nearest guess."""

import json
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import FastAPI, Response

from coprod_match.errors import RequestError, UnknownTermError
from coprod_match.nearest import nearest
from coprod_match.printable import clean

MEDIA_TYPE = "application/problem+json"
_SHOWN = 60  # letters of a value that are given back

_DETAILS = {
    400: "The request cannot be read.",
    404: "There is nothing at this address. /api/openapi.json says what there is.",
    405: "This address cannot be used that way.",
    408: "The request took too long to arrive. Please send it again.",
    413: "The request is too long.",
    414: "The address is too long. Please send long requests with POST.",
    415: "The body should be JSON, sent as application/json.",
    500: "Something went wrong on our side. Nothing that you sent was stored.",
    503: "This takes too long just now. Please try again in a minute.",
}


def problem(status: int, detail: str | None = None, errors: Sequence[Mapping[str, Any]] = ()) -> Response:
    """A response that says what is wrong; `errors` are as `WrongValue` describes them."""
    phrase = HTTPStatus(status).phrase
    said = detail or _DETAILS.get(status, phrase)
    body = {"type": "about:blank", "title": phrase, "status": status, "detail": said, "errors": errors}
    return Response(msgspec.json.encode(body), status, media_type=MEDIA_TYPE)


def cannot_answer(error: RequestError, status: int = 422) -> Response:
    """The response to a request that cannot be answered as it was given."""
    if isinstance(error, UnknownTermError):
        wrong = _wrong(error.field, clean(error.value), str(error), error.nearest)
    else:
        wrong = _wrong(None, None, str(error))
    return problem(status, str(error), [wrong])


def malformed(details: Iterable[Any], allowed: Sequence[str]) -> Response:
    """The response to values that pydantic refused; `allowed` are the names that may be given."""
    errors = [_refused(detail, allowed) for detail in details]
    return problem(422, " ".join(error["message"] for error in errors), errors)


def describe_problems(app: FastAPI) -> None:
    """Have the OpenAPI description say that errors come as problem details: FastAPI writes down one type for all."""
    for path in app.openapi()["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    response["content"] = {MEDIA_TYPE: response["content"].pop("application/json")}


def _refused(detail: Mapping[str, Any], allowed: Sequence[str]) -> dict[str, Any]:
    name = next((part for part in detail["loc"] if isinstance(part, str)), None)
    kind, given = detail["type"], detail["input"]
    if name is None:
        return _wrong(None, None, "The body should be a JSON object.")
    name = clean(name[:_SHOWN])
    if kind == "extra_forbidden":
        guesses = nearest(name, allowed)
        hint = f" Did you mean “{guesses[0]}”?" if guesses else f" You can use: {', '.join(allowed)}."
        return _wrong(name, None, f"“{name}” is not something that can be asked here.{hint}", guesses)
    wanted = _WANTED.get(kind, "cannot be used").format(**detail.get("ctx", {}))
    value = clean((given if isinstance(given, str) else json.dumps(given, ensure_ascii=False))[:_SHOWN])
    return _wrong(name, value, f"{name} {wanted}; it is “{value}”.")


_WANTED = {
    "bool_parsing": "should be true or false",
    "bool_type": "should be true or false",
    "greater_than_equal": "should be at least {ge}",
    "int_from_float": "should be a whole number",
    "int_parsing": "should be a whole number",
    "int_parsing_size": "should be a smaller number",
    "int_type": "should be a whole number",
    "less_than_equal": "should be at most {le}",
    "tuple_type": 'should be a list, as in ["toolkit"]',
    "string_too_long": "should have at most {max_length} letters",
    "string_type": "should be text",
    "string_unicode": "should be text without broken letters",
    "too_long": "should name at most {max_length} values",
}


def _wrong(field: str | None, value: str | None, message: str, guesses: Sequence[str] = ()) -> dict[str, Any]:
    return {"field": field, "value": value, "message": message, "nearest": list(guesses)}
