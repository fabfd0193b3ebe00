"""The JSON API."""

from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response

from coprod_match.engine.resolve import find_scheme
from coprod_match.engine.select import select
from coprod_match.errors import UnknownTermError
from coprod_match.model.catalogue import Catalogue
from coprod_match.nearest import nearest
from coprod_match.version import __version__
from coprod_match.web.answers import Answer, Health, ProblemDetails, Source, Sources, TaxonomyTerm
from coprod_match.web.ask import Ask, Browse, Value, from_body, from_query, in_body, in_query
from coprod_match.web.problems import cannot_answer
from coprod_match.web.state import Loaded, get_live

router = APIRouter(prefix="/api", tags=["API"])

_MEANINGS = {
    304: "Nothing has changed since the ETag was given.",
    404: "There is no such source.",
    408: "The body takes too long to arrive.",
    413: "The body is too long.",
    414: "The address is too long.",
    415: "The body is not said to be JSON.",
    422: "A value cannot be used; which one, and what may have been meant.",
    503: "The answer takes too long.",
}


def _ends(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What the OpenAPI description says of these statuses."""
    shape = {"model": ProblemDetails}
    return {status: {"description": _MEANINGS[status]} | (shape if status >= 400 else {}) for status in statuses}


@router.get("/recommend", response_model=Answer, responses=_ends(304, 414, 422, 503), openapi_extra=in_query(Ask))
async def recommend(http: Request) -> Response:
    """Get a ranked list of sources for a need, each with reasons."""
    now = get_live(http).now  # one answer never mixes the data of before and after a change
    ask = from_query(Ask, http.query_params)
    return _revalidated(http, now, await now.answers.json(ask.request, ask.top))


@router.post("/recommend", response_model=Answer, responses=_ends(408, 413, 415, 422, 503), openapi_extra=in_body(Ask))
async def recommend_posted(http: Request) -> Response:
    """The same for requests that are too long for an address, or that should leave no trace in one."""
    ask = await from_body(Ask, http)
    return _json(await get_live(http).now.answers.json(ask.request, ask.top))


@router.get("/resources", response_model=Sources, responses=_ends(304, 414, 422), openapi_extra=in_query(Browse))
async def resources(http: Request) -> Response:
    """List the sources that carry all the tags that are named, by id.

    One answer holds a part of them; follow `next` for the others. None is missed, or told twice, even when the
    catalogue changes in between.
    """
    now = get_live(http).now
    browse = from_query(Browse, http.query_params)
    found = select(
        now.matcher.catalogue,
        now.labels,
        role=browse.role,
        need=browse.need,
        theme=browse.theme,
        place=browse.place,
        filters=browse.filters,
    )
    left = [resource.id for resource in found if resource.id > (browse.after or "")]
    part = left[: browse.limit]
    body = {
        "total": len(found),
        "resources": [now.entries[id] for id in part],
        "next": _after(http, part[-1]) if len(left) > len(part) else None,
        "catalogue": _catalogue(now.matcher.catalogue),
    }
    return _revalidated(http, now, msgspec.json.encode(body))


@router.get("/resources/{id}", response_model=Source, responses=_ends(304, 404, 414, 422))
async def resource(http: Request, id: Value) -> Response:
    """All that is known about one source."""
    now = get_live(http).now
    if id not in now.entries:
        return cannot_answer(UnknownTermError("id", id[:60], nearest(id, now.entries), ()), 404)
    return _revalidated(http, now, msgspec.json.encode(now.entries[id]))


@router.get("/taxonomy", response_model=list[TaxonomyTerm], responses=_ends(304, 414, 422))
async def taxonomy(http: Request, scheme: Value | None = None) -> Response:
    """List the terms of the taxonomy, or of one of its schemes such as `themes`, in their order."""
    now = get_live(http).now
    wanted = find_scheme(scheme) if scheme else None
    terms = [term for term in now.terms if wanted in (None, term["scheme"])]
    return _revalidated(http, now, msgspec.json.encode(terms))


@router.get("/health", response_model=Health)
async def health(http: Request) -> Response:
    """Whether the service answers, over which catalogue, and whether a newer edit of it cannot be used."""
    live = get_live(http)
    body = {
        "status": "outdated" if live.problems else "ok",
        "version": __version__,
        "catalogue": _catalogue(live.now.matcher.catalogue),
        "problems": live.problems,
    }
    response = _json(msgspec.json.encode(body))
    response.headers["Cache-Control"] = "no-store"
    return response


def _json(body: bytes) -> Response:
    return Response(body, media_type="application/json")


def _revalidated(http: Request, now: Loaded, body: bytes) -> Response:
    """An answer with its ETag; without its body where the asker has it."""
    tag = f'"{now.version}"'
    known = {known.strip().removeprefix("W/") for known in http.headers.get("if-none-match", "").split(",")}
    response = Response(status_code=304) if known & {tag, "*"} else _json(body)
    response.headers["ETag"] = tag
    return response


def _after(http: Request, id: str) -> str:
    address = http.url.include_query_params(after=id)
    return f"{address.path}?{address.query}"


def _catalogue(catalogue: Catalogue) -> dict[str, Any]:
    return {"size": len(catalogue), "version": catalogue.version}
