"""The last line: whatever goes wrong becomes an answer that says so, and nothing of the request is logged."""

import logging
import traceback
from collections.abc import Callable

from fastapi import Request, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger(__name__)

Refuse = Callable[[Request, int], Response]
"""Makes the answer to a request that ends with that HTTP status."""


class Guard:
    """Turns what was raised into an answer."""

    def __init__(self, app: ASGIApp, refuse: Refuse) -> None:
        self._app, self._refuse = app, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and answer where nobody else could."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_and_note(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
            return
        except ClientDisconnect:
            return  # nobody is there to answer
        except HTTPException as error:
            status = error.status_code
        except Exception as error:
            status = 500
            # neither the message nor the values of an error: they may hold what somebody wrote
            _log.error("%s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
        if not started:
            plain = {**scope, "headers": []}  # they may be what is wrong
            await self._refuse(Request(plain), status)(scope, receive, send)


class HeadAsGet:
    """Answers HEAD as GET without the body, at every address."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask for all, and send only how it begins."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, send_without_body)
