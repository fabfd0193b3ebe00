"""The JSON API."""

from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response

from coprod_match.engine.resolve import find_scheme
from coprod_match.engine.select import select
from coprod_match.errors import UnknownTermError
from coprod_match.model.catalogue import Catalogue
from coprod_match.nearest import nearest
from coprod_match.web.answers import Answer, Health, ProblemDetails, Source, Sources, TaxonomyTerm
from coprod_match.web.ask import Ask, Browse, Value, described, from_query
from coprod_match.web.problems import cannot_answer
from coprod_match.web.state import Loaded, get_live

router = APIRouter(prefix="/api", tags=["API"])

_REFUSED: dict[int | str, dict[str, Any]] = {422: {"model": ProblemDetails, "description": "What is wrong with it."}}
_UNREADABLE: dict[int | str, dict[str, Any]] = {
    400: {"model": ProblemDetails, "description": "It cannot be read."},
    413: {"model": ProblemDetails, "description": "It is too long."},
}
_UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "Nothing has changed since the ETag was given."}}


@router.get("/recommend", response_model=Answer, responses=_REFUSED | _UNCHANGED, openapi_extra=described(Ask))
async def recommend(http: Request) -> Response:
    """Get a ranked list of sources for a need, each with reasons."""
    now = get_live(http).now  # one answer never mixes the data of before and after a change
    ask = from_query(Ask, http.query_params)
    return _revalidated(http, now, await now.answers.json(ask.request, ask.top))


@router.post("/recommend", response_model=Answer, responses=_REFUSED | _UNREADABLE)
async def recommend_posted(http: Request, ask: Ask) -> Response:
    """The same for requests that are too long for an address, or that should leave no trace in one."""
    return _json(await get_live(http).now.answers.json(ask.request, ask.top))


@router.get("/resources", response_model=Sources, responses=_REFUSED | _UNCHANGED, openapi_extra=described(Browse))
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


@router.get(
    "/resources/{id}",
    response_model=Source,
    responses=_REFUSED | _UNCHANGED | {404: {"model": ProblemDetails, "description": "There is no such source."}},
)
async def resource(http: Request, id: Value) -> Response:
    """All that is known about one source."""
    now = get_live(http).now
    if id not in now.entries:
        return cannot_answer(UnknownTermError("id", id[:60], nearest(id, now.entries), ()), 404)
    return _revalidated(http, now, msgspec.json.encode(now.entries[id]))


@router.get("/taxonomy", response_model=list[TaxonomyTerm], responses=_REFUSED | _UNCHANGED)
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
        "version": live.program,
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
