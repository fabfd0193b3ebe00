"""What every response carries so that a browser does with it only what is meant."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # addresses hold what people wrote: other sites never see them
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_RAW = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
_UNKEPT = (b"cache-control", b"private, no-cache")
_SECURE_ONLY = (b"strict-transport-security", b"max-age=31536000")  # a year without http, for those who came by https


class SecurityHeaders:
    """Adds `HEADERS`; an answer is for the one who asked, and asked for again each time, unless it says otherwise."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and add to what comes back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", ()), *_RAW]
                if not any(name == b"cache-control" for name, _ in headers):
                    headers.append(_UNKEPT)
                if scope["scheme"] == "https":
                    headers.append(_SECURE_ONLY)
                message["headers"] = headers
            await send(message)

        await self._app(scope, receive, send_with_headers)
