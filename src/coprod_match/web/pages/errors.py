"""The friendly page for whatever goes wrong outside a form."""

from fastapi import Request, Response

from coprod_match.web.pages.page import get_page
from coprod_match.web.state import get_matcher, get_settings

_SAID = {
    404: ("We have no such page", "The address may be mistyped, or the page may have moved."),
    405: ("This page cannot be used that way", "Please open it by its address or by a link."),
    408: ("That took too long to reach us", "Please try again."),
    413: ("That is too long for us", "Please go back and say it in fewer words."),
    414: ("That is too long for us", "Please go back and say it in fewer words."),
}
_OTHER = ("We could not read that", "The address may be mistyped.")
_OURS = ("Something went wrong on our side", "Nothing that you wrote was stored. Please try again in a minute.")


def error_page(request: Request, status: int) -> Response:
    """A page that says in plain words what an HTTP status means, and where to go instead."""
    page = get_page(request, get_settings(request), get_matcher(request))
    title, message = _SAID.get(status, _OTHER if status < 500 else _OURS)
    return page.problem(status, title, message)
