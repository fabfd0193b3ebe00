"""The visitor's own list of sources. It lives in the address and nowhere else."""

from collections.abc import Sequence

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from coprod_match.model.catalogue import Resource
from coprod_match.model.taxonomy import Taxonomy
from coprod_match.printable import clean
from coprod_match.render.entries import entries_text
from coprod_match.render.wording import SORTS
from coprod_match.web.pages import mail
from coprod_match.web.pages.address import KEEP
from coprod_match.web.pages.facts import area, cost, day, sort_of
from coprod_match.web.pages.page import CurrentPage, Page
from coprod_match.web.pages.words import upfirst

router = APIRouter()


@router.get("/list")
def shortlist(page: CurrentPage) -> Response:
    """The list, ready to be printed, copied, sent or saved."""
    subject = f"Sources of help, from {page.settings.name}"
    return page.show(
        "list.html",
        "My list",
        resources=_kept(page),
        gone=len(set(page.address.all(KEEP)) - set(page.kept)),
        text_link=page.kept_only.to("/list.txt"),
        csv_link=page.kept_only.to("/list.csv"),
        mail=mail.with_body(subject, _text(page), _address(page) + "\n"),
    )


@router.get("/list.txt")
def as_text(page: CurrentPage) -> Response:
    """The list as plain text, to be pasted into a message."""
    return PlainTextResponse(_text(page))


@router.get("/list.csv")
def as_csv(page: CurrentPage) -> Response:
    """The list as a file for a spreadsheet."""
    marked = "\ufeff" + entries_text(_kept(page), "csv")  # Excel reads a file as UTF-8 only with this mark
    headers = {"Content-Disposition": 'attachment; filename="my-list.csv"'}
    return Response(marked, media_type="text/csv; charset=utf-8", headers=headers)


def _kept(page: Page) -> Sequence[Resource]:
    return [page.matcher.catalogue.resource(id) for id in page.kept]


def _address(page: Page) -> str:
    return page.kept_only.to(f"{page.base}/list")


def _text(page: Page) -> str:
    entries = (_entry(number, resource, page.matcher.taxonomy) for number, resource in enumerate(_kept(page), start=1))
    return "\n".join([*entries, f"This list: {_address(page)}", ""])


def _entry(number: int, resource: Resource, taxonomy: Taxonomy) -> str:
    areas = ", ".join(link.label for link in area(resource, taxonomy))
    lines = (
        f"{number}. {resource.name}",
        f"   {upfirst(SORTS[sort_of(resource, taxonomy)])}. From {resource.provider}.",
        f"   Cost: {cost(resource, taxonomy)}. Area: {areas}. Last checked: {day(resource.last_reviewed)}.",
        f"   {resource.url}",
    )
    return "".join(f"{clean(line)}\n" for line in lines)
