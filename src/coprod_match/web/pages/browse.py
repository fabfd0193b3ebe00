"""The whole catalogue, to be narrowed side by side."""

from collections.abc import Iterator

from fastapi import APIRouter, Response

from coprod_match.nearest import nearest
from coprod_match.web.pages.address import KEEP
from coprod_match.web.pages.facets import Facet, choices, chosen, facets, matching
from coprod_match.web.pages.facts import Link
from coprod_match.web.pages.page import CurrentPage, Page
from coprod_match.web.pages.trouble import Trouble

router = APIRouter()

_SHOWN = 20  # sources on one page


@router.get("/browse")
def browse(page: CurrentPage) -> Response:
    """The sources that carry all that was chosen, and what else can be chosen."""
    sides = facets(page.matcher.taxonomy)
    wrong = list(_wrong(page, sides))
    names = [side.name for side in sides]
    address = page.address.only(KEEP) if wrong else page.address.only(*names, "page", KEEP)
    found = matching(page.matcher.catalogue.resources, sides, address)
    pages = max(1, -(-len(found) // _SHOWN))
    number = _page_number(address.one("page"), pages)
    narrowing = [(side, list(choices(side, found, address))) for side in sides]
    return page.show(
        "browse.html",
        "Error: browse all sources" if wrong else "Browse all sources",
        status=400 if wrong else 200,
        errors=wrong,
        address=address,
        chosen=list(chosen(sides, address)),
        sides=[(side, options) for side, options in narrowing if options],
        resources=found[(number - 1) * _SHOWN : number * _SHOWN],
        total=len(found),
        page=number,
        pages=pages,
    )


def _page_number(given: str, pages: int) -> int:
    """The page that was asked for, or the nearest that there is."""
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 1
    return min(max(number, 1), pages)


def _wrong(page: Page, sides: tuple[Facet, ...]) -> Iterator[Trouble]:
    for side in sides:
        for value in page.address.all(side.name):
            if value not in side.labels:
                right = page.address.without(side.name, value)
                guesses = (
                    Link(side.labels[id], right.adding(side.name, id).to("/browse"))
                    for id in nearest(value[:60], side.labels)
                )
                yield Trouble(f"{side.title}: “{value[:60]}” is not one that we know.", guesses=tuple(guesses))
