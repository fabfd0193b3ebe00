"""The front page: the form, and the answer to what was asked in it."""

from collections.abc import Iterator

from fastapi import APIRouter, Response

from coprod_match.errors import RequestError
from coprod_match.model.result import WHOLE, Result
from coprod_match.render.wording import heading, worth_saying
from coprod_match.web.pages.address import CONDITIONS, KEEP, NEED, WITHOUT, Address
from coprod_match.web.pages.asked import MOST, TOP, request_of, top_of
from coprod_match.web.pages.facets import Choice, choices, facets
from coprod_match.web.pages.form import form_of
from coprod_match.web.pages.page import CurrentPage, Page
from coprod_match.web.pages.trouble import NOTHING_SAID, Trouble, trouble
from coprod_match.web.pages.understood import parts, taken_back

router = APIRouter()

_EXAMPLES = (
    "how do we reach people who never come to meetings",
    "we want residents to decide how a small grants pot is spent",
    "who do I ring about the community plan",
)


@router.get("/")
def ask(page: CurrentPage, text: str | None = None) -> Response:
    """The form; where the address holds a request, its answer."""
    asked = page.address.only(*NEED, WITHOUT, *CONDITIONS, KEEP)
    if not asked.has(*NEED):
        return _front(page, None if text is None else NOTHING_SAID)  # the form sends its text even when it is blank
    try:
        return _answer(page, asked)
    except RequestError as error:
        return _front(page, trouble(error, asked, page.matcher.taxonomy))


def _front(page: Page, wrong: Trouble | None) -> Response:
    taxonomy, catalogue = page.matcher.taxonomy, page.matcher.catalogue
    sort = facets(taxonomy)[0]
    return page.show(
        "ask.html",
        "Error: ask for help" if wrong else "Ask for help",
        status=400 if wrong else 200,
        errors=[wrong] if wrong else [],
        form=form_of(page.address, taxonomy, None),
        examples=_EXAMPLES,
        looks=list(choices(sort, catalogue.resources, page.kept_only)),
    )


def _answer(page: Page, asked: Address) -> Response:
    matcher = page.matcher
    top = top_of(asked)
    result = next(matcher.recommend_many([request_of(asked, matcher.taxonomy)], top=top))
    found = result.recommendations
    return page.show(
        "answer.html",
        _title(result, asked),
        address=asked,
        result=result,
        parts=list(parts(result, asked)),
        whole=WHOLE,
        taken_back=list(taken_back(result, asked)),
        form=form_of(asked, matcher.taxonomy, result),
        longer=_longer(asked, top, found[-1].resource.id) if len(found) == top < MOST else None,
        keep_all=_with_all(page, result),
        wider=asked.only(*NEED, WITHOUT, KEEP).to("/") if asked.has(*CONDITIONS[:-1]) else None,
        near=list(_nearest(result, page)),
    )


def _title(result: Result, asked: Address) -> str:
    some = result.in_scope and not result.recommendations and asked.has(*CONDITIONS[:-1])
    return "Nothing good among those that you chose to see" if some else heading(result)


def _longer(asked: Address, top: int, last: str) -> str:
    """The same answer with more sources, at the last one that is shown now."""
    return asked.setting("top", str(min(top + TOP, MOST))).to("/", last)


def _with_all(page: Page, result: Result) -> str:
    """The visitor's list with every source of an answer."""
    kept = page.kept_only
    for entry in result.recommendations:
        kept = kept.adding(KEEP, entry.resource.id)
    return kept.to("/list")


def _nearest(result: Result, page: Page) -> Iterator[Choice]:
    """Where to browse for what was understood, when nothing fits."""
    if result.recommendations or not result.in_scope:
        return
    meant = {item.term for item in worth_saying(result) if item.facet in ("theme", "support_type")}
    for side in facets(page.matcher.taxonomy):
        if side.name in ("theme", "need"):
            for choice in choices(side, page.matcher.catalogue.resources, page.kept_only):
                if choice.value in meant:
                    yield choice
