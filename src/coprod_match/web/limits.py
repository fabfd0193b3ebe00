"""How much and how long a request may be, whatever it is for."""

import asyncio
import re

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_ADDRESS = 16 * 1024
"""Bytes of path and query."""
LONGEST_BODY = 64 * 1024
"""Bytes of a body."""
ARRIVAL_SECONDS = 10
"""How long a body may take to arrive."""

_HOST = re.compile(rb"[A-Za-z0-9._-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")


class Limits:
    """Refuses what is too long, too slow, or sent to no proper host. Raises HTTPException for others to answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at what is known now, and watch what arrives."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) > 1 or not all(map(_HOST.fullmatch, hosts)):
            raise HTTPException(400)
        if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            raise HTTPException(414)
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length[:20]) > LONGEST_BODY:
            raise HTTPException(413)
        await self._app(scope, receive if scope["method"] == "GET" else _Body(receive).receive, send)


class _Body:
    """The body of one request as it arrives."""

    def __init__(self, receive: Receive) -> None:
        self._receive, self._bytes, self._complete = receive, 0, False
        self._until = asyncio.get_running_loop().time() + ARRIVAL_SECONDS

    async def receive(self) -> Message:
        """The next part. Once all is there, waits as long as it takes for the connection to close."""
        if self._complete:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            raise HTTPException(408) from None
        self._bytes += len(message.get("body", b""))
        if self._bytes > LONGEST_BODY:
            raise HTTPException(413)
        self._complete = not message.get("more_body", False)
        return message
