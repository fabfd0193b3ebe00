"""A page for each term of the taxonomy."""

from collections.abc import Iterator, Sequence

from fastapi import APIRouter, Response

from coprod_match.model.taxonomy import SCHEMES, Elsewhere, Role, Taxonomy, Term
from coprod_match.nearest import nearest
from coprod_match.web.pages.address import Address
from coprod_match.web.pages.facets import facets, matching
from coprod_match.web.pages.facts import Link, links
from coprod_match.web.pages.page import CurrentPage, Page

router = APIRouter()

_SHOWN = 10  # sources on the page of a term
_TITLES = {
    "sectors": "Group of people",
    "roles": "Who you are",
    "support_types": "Kind of help",
    "themes": "What it is about",
    "places": "Place",
    "kinds": "Kind of thing",
    "costs": "Cost",
    "jurisdictions": "Whose law and policy",
    "elsewhere": "What others deal with",
}
_FACETS = {
    "roles": "role",
    "support_types": "need",
    "themes": "theme",
    "places": "place",
    "kinds": "kind",
    "costs": "cost",
    "jurisdictions": "jurisdiction",
}
_ASKED = ("role", "need", "theme", "place")  # what a request can name


@router.get("/terms/{scheme}/{id}")
def term(page: CurrentPage, scheme: str, id: str) -> Response:
    """What a term means, what is near to it, and the sources that carry it."""
    taxonomy = page.matcher.taxonomy
    if scheme not in SCHEMES or not taxonomy.has(scheme, id):
        return _unknown(page, scheme, id)
    found = taxonomy.term(scheme, id)
    facet = _FACETS.get(scheme)
    chosen = page.kept_only.adding(facet, id) if facet else Address()
    sources = matching(page.matcher.catalogue.resources, facets(taxonomy), chosen) if facet else []
    return page.show(
        "term.html",
        found.prefLabel,
        term=found,
        scheme_label=_TITLES[scheme],
        family=list(_family(scheme, found, taxonomy)),
        ask_instead=found.ask if isinstance(found, Elsewhere) else None,
        ask_link=chosen.to("/") if facet in _ASKED else None,
        browse_link=chosen.to("/browse") if facet else None,
        resources=sources[:_SHOWN],
        count=len(sources),
    )


def _family(scheme: str, found: Term, taxonomy: Taxonomy) -> Iterator[tuple[str, Sequence[Link]]]:
    """Terms around a term: a heading and links; headings without terms are left out."""
    narrower = [other.id for other in taxonomy.scheme(scheme) if other.broader == found.id]
    groups = [
        ("Wider", links(scheme, [found.broader] if found.broader else [], taxonomy)),
        ("Narrower", links(scheme, narrower, taxonomy)),
        ("Close to it", links(scheme, [link.id for link in found.related], taxonomy)),
    ]
    if isinstance(found, Role):
        groups.append(("Part of", links("sectors", [found.sector], taxonomy)))
    if scheme == "sectors":
        groups.append(
            ("Who is in it", links("roles", [r.id for r in taxonomy.roles if r.sector == found.id], taxonomy))
        )
    return ((heading, linked) for heading, linked in groups if linked)


def _unknown(page: Page, scheme: str, id: str) -> Response:
    taxonomy = page.matcher.taxonomy
    schemes = [scheme] if scheme in SCHEMES else SCHEMES
    terms = {other.id: name for name in schemes for other in taxonomy.scheme(name)}
    guesses = [
        Link(taxonomy.term(terms[other], other).prefLabel, page.kept_only.to(f"/terms/{terms[other]}/{other}"))
        for other in nearest(id[:60], terms)
    ]
    return page.problem(404, "We do not know this term", "The address may be mistyped.", guesses)
