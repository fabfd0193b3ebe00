"""A page for each source."""

from fastapi import APIRouter, Response

from coprod_match.nearest import nearest
from coprod_match.web.pages.address import NEED
from coprod_match.web.pages.facts import Link, links, tags
from coprod_match.web.pages.page import CurrentPage, Page

router = APIRouter()


@router.get("/sources/{id}")
def source(page: CurrentPage, id: str) -> Response:
    """All that is known about one source."""
    catalogue, taxonomy = page.matcher.catalogue, page.matcher.taxonomy
    if id not in catalogue:
        return _unknown(page, id)
    resource = catalogue.resource(id)
    return page.show(
        "source.html",
        resource.name,
        resource=resource,
        cost_link=links("costs", [resource.cost], taxonomy)[0],
        tags=list(tags(resource, taxonomy)),
        back=page.address.to("/", id) if page.address.has(*NEED) else None,
    )


def _unknown(page: Page, id: str) -> Response:
    catalogue = page.matcher.catalogue
    alike = nearest(id[:60], [resource.id for resource in catalogue.resources])
    guesses = [Link(catalogue.resource(other).name, page.kept_only.to(f"/sources/{other}")) for other in alike]
    return page.problem(404, "We have no such source", "It may have moved, or the address may be mistyped.", guesses)
