"""What must hold between the terms of the taxonomy, beyond the shape of each."""

from collections.abc import Iterator

from coprod_match.errors import Problem
from coprod_match.files.ids import HOW_IDS_LOOK, WHAT_IDS_ARE, is_id
from coprod_match.files.yaml_reader import Document, Location
from coprod_match.model.judgements import Facets
from coprod_match.model.taxonomy import SCHEMES, Situation, Taxonomy, Term
from coprod_match.nearest import did_you_mean
from coprod_match.words import fold, has_words

_MAY_BE_EMPTY = ("elsewhere",)
_STATED = ("support_types", "themes")  # the schemes in which it is said what people mean


def taxonomy_problems(taxonomy: Taxonomy, document: Document) -> Iterator[Problem]:
    """Empty schemes, odd or repeated ids and labels, unknown neighbours, closeness out of range, circles, and such."""
    for scheme in SCHEMES:
        terms = taxonomy.scheme(scheme)
        if not terms and scheme not in _MAY_BE_EMPTY:
            yield document.problem((scheme,), f"{scheme} is empty.", "Name at least one term.")
        yield from document.repeated_ids((scheme,), [term.id for term in terms])
        yield from _shared_labels(document, scheme, terms)
        for position, term in enumerate(terms):
            yield from _neighbours(taxonomy, document, scheme, position)
            if not is_id(term.id):
                yield document.problem((scheme, position, "id"), f"{term.id}: {WHAT_IDS_ARE}", HOW_IDS_LOOK)
            if not fold(term.prefLabel):
                yield document.problem(
                    (scheme, position), f"{term.id}: the prefLabel is empty.", "Say something there."
                )
    sectors = [term.id for term in taxonomy.sectors]
    for position, role in enumerate(taxonomy.roles):
        if role.sector not in sectors:
            message = f"{role.id}: there is no sector “{role.sector}”."
            yield document.problem(("roles", position, "sector"), message, did_you_mean(role.sector, sectors))
        for index, id in enumerate(role.offers):
            if not taxonomy.has("support_types", id):
                kinds = [term.id for term in taxonomy.support_types]
                message = f"{role.id}: there is no kind of help “{id}”."
                yield document.problem(("roles", position, "offers", index), message, did_you_mean(id, kinds))
    for position, matter in enumerate(taxonomy.elsewhere):
        if not has_words(matter.ask):
            message = f"{matter.id}: ask is empty."
            yield document.problem(("elsewhere", position, "ask"), message, "Say whom to ask instead.")
    yield from _situations(taxonomy, document)


def _situations(taxonomy: Taxonomy, document: Document) -> Iterator[Problem]:
    for position, situation in enumerate(taxonomy.situations):
        where: Location = ("situations", position)
        if not has_words(situation.text):
            yield document.problem((*where, "text"), "A situation has no text.", "Write what people say.")
        yield from facet_problems(situation, "A situation", where, taxonomy, document)


def facet_problems(
    stated: Situation | Facets, whose: str, where: Location, taxonomy: Taxonomy, document: Document
) -> Iterator[Problem]:
    """What somebody is said to mean, in words that are no terms."""
    for scheme in _STATED:
        for index, id in enumerate(getattr(stated, scheme)):
            if not taxonomy.has(scheme, id):
                ids = [term.id for term in taxonomy.scheme(scheme)]
                message = f"{whose}: there is no term “{id}” in {scheme}."
                yield document.problem((*where, scheme, index), message, did_you_mean(id, ids))


def _shared_labels(document: Document, scheme: str, terms: tuple[Term, ...]) -> Iterator[Problem]:
    """A label that could mean two terms of one scheme would make people's words ambiguous."""
    owner: dict[str, str] = {}
    for position, term in enumerate(terms):
        for label in term.labels:
            first = owner.setdefault(fold(label), term.id)
            if first != term.id:
                message = f"{term.id}: the label “{label}” also stands under “{first}”."
                yield document.problem((scheme, position), message, "Keep it under one of them.")


def _neighbours(taxonomy: Taxonomy, document: Document, scheme: str, position: int) -> Iterator[Problem]:
    terms = taxonomy.scheme(scheme)
    term, ids = terms[position], [other.id for other in terms]
    links: list[tuple[Location, str]] = [(("broader",), term.broader)] if term.broader else []
    links += [(("related", index, "id"), link.id) for index, link in enumerate(term.related)]
    for path, id in links:
        if id not in ids:
            message = f"{term.id}: there is no term “{id}” in {scheme}."
            yield document.problem((scheme, position, *path), message, did_you_mean(id, ids))
    for index, link in enumerate(term.related):
        if not 0 <= link.closeness <= 1:
            message = f"{term.id}: a closeness lies between 0 and 1; {link.closeness} does not."
            yield document.problem((scheme, position, "related", index, "closeness"), message)
    if _in_a_circle(taxonomy, scheme, term):
        message = f"{term.id}: its broader terms lead back to itself."
        yield document.problem((scheme, position, "broader"), message, "Break the circle.")


def _in_a_circle(taxonomy: Taxonomy, scheme: str, term: Term) -> bool:
    seen: set[str] = set()
    parent = term.broader
    while parent is not None and taxonomy.has(scheme, parent) and parent not in seen:
        if parent == term.id:
            return True
        seen.add(parent)
        parent = taxonomy.term(scheme, parent).broader
    return False
