"""The pages: for people who will never open a terminal. Each is made from its address and the catalogue alone."""

from fastapi import APIRouter

from coprod_match.web.pages import about, ask, browse, shortlist, sources, terms

router = APIRouter(include_in_schema=False)
for part in (ask, sources, terms, browse, shortlist, about):
    router.include_router(part.router)
