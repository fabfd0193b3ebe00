"""What the service is and is not."""

from fastapi import APIRouter, Response

from coprod_match.web.pages.page import CurrentPage

router = APIRouter()


@router.get("/about")
def about(page: CurrentPage) -> Response:
    """What the service does, what it does not do, and what happens with what people write."""
    return page.show("about.html", "About this service", size=len(page.matcher.catalogue))
