"""The web application: the pages and the API over one set of data."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Match

from coprod_match.errors import DataError, RequestError
from coprod_match.version import __version__
from coprod_match.web import api, pages
from coprod_match.web.ask import Ask, Browse
from coprod_match.web.guard import Guard, HeadAsGet
from coprod_match.web.limits import Limits
from coprod_match.web.pages.errors import error_page
from coprod_match.web.problems import cannot_answer, describe_problems, malformed, problem
from coprod_match.web.refresh import kept_fresh
from coprod_match.web.security import SecurityHeaders
from coprod_match.web.settings import Settings, settings_of_environment
from coprod_match.web.state import Live

_ABOUT = (
    "Say who you are and what you need: get the right sources for co-production and community planning, with reasons."
)


def create_app(settings: Settings) -> FastAPI:
    """The application over the operator's data. Raises DataError with every problem in them."""
    live = Live(settings)
    app = FastAPI(
        title=settings.name,
        description=_ABOUT,
        version=__version__,
        openapi_url="/api/openapi.json",
        docs_url=None,  # FastAPI's own pages load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
    )
    app.state.settings, app.state.live = settings, live
    app.include_router(api.router)
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(packages=[("coprod_match.web", "static")]))
    describe_problems(app)
    _answer_errors(app)
    _protect(app, settings)
    return app


def app_of_environment() -> FastAPI:
    """The application for one of several processes. Ends the process, and says why, when the data cannot be used."""
    try:
        return create_app(settings_of_environment())
    except DataError as error:
        sys.exit(f"A process cannot start: {error}")


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    watched = [file for file in settings.data_files if file and settings.reload_data]
    async with kept_fresh(app.state.live, watched):
        yield


def _protect(app: FastAPI, settings: Settings) -> None:
    """What stands between a visitor and the handlers; each line stands before those above it."""
    app.add_middleware(HeadAsGet)
    app.add_middleware(Limits)
    app.add_middleware(Guard, refuse=_refuse)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=("GET", "POST"),
            allow_headers=("Content-Type", "If-None-Match"),
            expose_headers=("ETag",),
        )
    app.add_middleware(SecurityHeaders)


def _answer_errors(app: FastAPI) -> None:
    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        response = _refuse(request, error.status_code)
        if error.status_code == 405:
            response.headers["Allow"] = ", ".join(_allowed(app, request))
        return response

    @app.exception_handler(RequestError)
    async def cannot_be_answered(request: Request, error: RequestError) -> Response:
        return cannot_answer(error) if _is_api(request) else _refuse(request, 400)

    @app.exception_handler(RequestValidationError)
    async def wrong_values(request: Request, error: RequestValidationError) -> Response:
        if not _is_api(request):
            return _refuse(request, 400)
        model = Browse if request.url.path.endswith("/resources") else Ask
        return malformed(error.errors(), list(model.model_fields))


def _refuse(request: Request, status: int) -> Response:
    return problem(status) if _is_api(request) else error_page(request, status)


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _allowed(app: FastAPI, request: Request) -> list[str]:
    """The methods that an address takes."""

    def takes(method: str) -> bool:
        return any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in app.routes)

    allowed = [method for method in ("GET", "POST") if takes(method)]
    return [*allowed, "HEAD"] if "GET" in allowed else allowed
