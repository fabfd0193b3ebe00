"""From an address to a request."""

from coprod_match.errors import RequestError
from coprod_match.model.request import Filters, Request
from coprod_match.model.taxonomy import Taxonomy
from coprod_match.nearest import did_you_mean
from coprod_match.render.wording import SORTS
from coprod_match.web.pages.address import WITHOUT, Address

TOP = 5
"""How many sources are named unless more are asked for."""
MOST = 50
"""How many sources a page names at the most."""


def request_of(address: Address, taxonomy: Taxonomy) -> Request:
    """The request that an address holds. Raises RequestError when a condition is none that we know."""
    return Request(
        role=address.one("role") or None,
        needs=address.all("need"),
        themes=address.all("theme"),
        place=address.one("place") or None,
        text=address.one("text") or None,
        without=address.all(WITHOUT),
        filters=Filters(
            free=address.ticked("free"),
            exclude_historic=address.ticked("exclude_historic"),
            jurisdictions=address.all("jurisdiction"),
            kinds=_kinds(address, taxonomy),
        ),
    )


def top_of(address: Address) -> int:
    """How many sources are asked for. Raises RequestError when that is no sensible number."""
    given = address.one("top") or str(TOP)
    if not (given.isascii() and given.isdigit() and len(given) < 4 and 1 <= int(given) <= MOST):
        raise RequestError(f"top: “{given[:60]}” is not a number from 1 to {MOST}.")
    return int(given)


def _kinds(address: Address, taxonomy: Taxonomy) -> tuple[str, ...]:
    """The kinds of thing that may be named: those of one sort, where one was chosen."""
    sort = address.one("sort")
    if not sort:
        return address.all("kind")
    if sort not in SORTS:
        raise RequestError(f"sort: “{sort[:60]}” is not one that we know. {did_you_mean(sort, SORTS)}")
    return tuple(kind.id for kind in taxonomy.kinds if kind.sort == sort)
