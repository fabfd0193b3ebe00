"""What must hold between the entries of the data files, beyond the shape of each."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from coprod_match.errors import Problem
from coprod_match.files.yaml_reader import Document, Location
from coprod_match.model.catalogue import Catalogue, Resource
from coprod_match.model.ranking import Ranking
from coprod_match.model.taxonomy import SCHEMES, Taxonomy, Term
from coprod_match.nearest import did_you_mean
from coprod_match.words import fold

TAGS: dict[str, str] = {
    "kind": "kinds",
    "cost": "costs",
    "jurisdictions": "jurisdictions",
    "places": "places",
    "support_types": "support_types",
    "roles": "roles",
    "themes": "themes",
}
"""Which scheme each tag field of a resource takes its terms from."""


def taxonomy_problems(taxonomy: Taxonomy, document: Document) -> Iterator[Problem]:
    """Repeated ids and labels, unknown neighbours, closeness out of range, and circles of broader terms."""
    for scheme in SCHEMES:
        terms = taxonomy.scheme(scheme)
        yield from _repeated_ids(document, scheme, terms)
        yield from _shared_labels(document, scheme, terms)
        for position, term in enumerate(terms):
            yield from _neighbours(taxonomy, document, scheme, position, term)
    for position, role in enumerate(taxonomy.roles):
        if not taxonomy.has("sectors", role.sector):
            hint = did_you_mean(role.sector, (term.id for term in taxonomy.sectors))
            yield Problem(
                document.where(("roles", position, "sector")), f"{role.id}: there is no sector “{role.sector}”.", hint
            )


def ranking_problems(ranking: Ranking, taxonomy: Taxonomy, document: Document) -> Iterator[Problem]:
    """A home that is no place, and kinds that are unknown or left out."""
    kinds = [kind.id for kind in taxonomy.kinds]
    if not taxonomy.has("places", ranking.home):
        hint = did_you_mean(ranking.home, (place.id for place in taxonomy.places))
        yield Problem(document.where(("home",)), f"home: there is no place “{ranking.home}”.", hint)
    themes = [theme.id for theme in taxonomy.themes]
    for position, theme in enumerate(ranking.subject):
        if theme not in themes:
            yield Problem(
                document.where(("subject", position)),
                f"subject: there is no theme “{theme}”.",
                did_you_mean(theme, themes),
            )
    for kind in ranking.travel:
        if kind not in kinds:
            yield Problem(
                document.where(("travel", kind), key=True),
                f"travel: there is no kind “{kind}”.",
                did_you_mean(kind, kinds),
            )
    for kind in kinds:
        if kind not in ranking.travel:
            yield Problem(
                document.where(("travel",)),
                f"travel: “{kind}” is missing.",
                "Say how well that kind of source travels.",
            )


def catalogue_problems(catalogue: Catalogue, taxonomy: Taxonomy, document: Document) -> Iterator[Problem]:
    """Repeated ids, unknown terms, addresses that are none, and tag lists that must not be empty."""
    yield from _repeated_ids(document, "resources", catalogue.resources)
    for position, resource in enumerate(catalogue.resources):
        for field, scheme in TAGS.items():
            yield from _unknown_terms(document, position, resource, field, taxonomy.scheme(scheme))
        if urlsplit(resource.url).scheme not in ("http", "https"):
            where = document.where(("resources", position, "url"))
            yield Problem(
                where,
                f"{resource.id}: “{resource.url}” is not a web address.",
                "It should begin with https:// or http://.",
            )


def catalogue_warnings(catalogue: Catalogue, taxonomy: Taxonomy, document: Document) -> Iterator[Problem]:
    """Entries that may be the same thing twice, and terms that no entry carries."""
    yield from _near_duplicates(catalogue, document)
    for field, scheme in TAGS.items():
        carried = {tag for resource in catalogue.resources for tag in _tags(resource, field)}
        for term in taxonomy.scheme(scheme):
            if term.id not in carried and field not in ("places", "cost"):
                yield Problem(
                    document.name,
                    f"No entry carries “{term.id}” under {field}.",
                    "Add a source, or drop the term.",
                    "warning",
                )


def _repeated_ids(document: Document, key: str, entries: Iterable[Term | Resource]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for position, entry in enumerate(entries):
        where = document.where((key, position, "id"))
        if entry.id in seen:
            yield Problem(
                where, f"The id “{entry.id}” is already taken at {seen[entry.id]}.", "Give one of them another id."
            )
        seen.setdefault(entry.id, where)


def _shared_labels(document: Document, scheme: str, terms: Iterable[Term]) -> Iterator[Problem]:
    """A label that could mean two terms of one scheme would make people's words ambiguous."""
    owner: dict[str, str] = {}
    for position, term in enumerate(terms):
        for label in term.labels:
            first = owner.setdefault(fold(label), term.id)
            if first != term.id:
                where = document.where((scheme, position))
                yield Problem(
                    where, f"{term.id}: the label “{label}” also stands under “{first}”.", "Keep it under one of them."
                )


def _neighbours(taxonomy: Taxonomy, document: Document, scheme: str, position: int, term: Term) -> Iterator[Problem]:
    ids = [other.id for other in taxonomy.scheme(scheme)]
    links: list[tuple[Location, str]] = [(("broader",), term.broader)] if term.broader else []
    links += [(("related", index, "id"), link.id) for index, link in enumerate(term.related)]
    for path, id in links:
        if id not in ids:
            where = document.where((scheme, position, *path))
            yield Problem(where, f"{term.id}: there is no term “{id}” in {scheme}.", did_you_mean(id, ids))
    for index, link in enumerate(term.related):
        if not 0 <= link.closeness <= 1:
            where = document.where((scheme, position, "related", index, "closeness"))
            yield Problem(where, f"{term.id}: a closeness lies between 0 and 1; {link.closeness} does not.")
    if _in_a_circle(taxonomy, scheme, term):
        where = document.where((scheme, position, "broader"))
        yield Problem(where, f"{term.id}: its broader terms lead back to itself.", "Break the circle.")


def _in_a_circle(taxonomy: Taxonomy, scheme: str, term: Term) -> bool:
    seen: set[str] = set()
    parent = term.broader
    while parent is not None and taxonomy.has(scheme, parent) and parent not in seen:
        if parent == term.id:
            return True
        seen.add(parent)
        parent = taxonomy.term(scheme, parent).broader
    return False


def _tags(resource: Resource, field: str) -> tuple[str, ...]:
    value = getattr(resource, field)
    return (value,) if isinstance(value, str) else value


def _unknown_terms(
    document: Document, position: int, resource: Resource, field: str, terms: Iterable[Term]
) -> Iterator[Problem]:
    ids = [term.id for term in terms]
    tags = _tags(resource, field)
    if not tags and field != "places":
        yield Problem(
            document.where(("resources", position, field)),
            f"{resource.id}: “{field}” is empty.",
            "Name at least one term.",
        )
    single = isinstance(getattr(resource, field), str)
    for index, tag in enumerate(tags):
        if tag not in ids:
            where = document.where(("resources", position, field) if single else ("resources", position, field, index))
            yield Problem(where, f"{resource.id}: “{tag}” is not a term of {field}.", did_you_mean(tag, ids))


def _near_duplicates(catalogue: Catalogue, document: Document) -> Iterator[Problem]:
    from rapidfuzz import fuzz, process

    names = [fold(resource.name) for resource in catalogue.resources]
    alike = process.cdist(names, names, scorer=fuzz.ratio, score_cutoff=92)
    urls: dict[str, str] = {}
    for position, resource in enumerate(catalogue.resources):
        where = document.where(("resources", position, "id"))
        for other in alike[position, :position].nonzero()[0]:
            message = f"{resource.id}: the name is nearly that of “{catalogue.resources[other].id}”."
            yield Problem(where, message, "Check that they are two sources.", "warning")
        first = urls.setdefault(resource.url.rstrip("/"), resource.id)
        if first != resource.id:
            yield Problem(
                where, f"{resource.id}: “{first}” has the same address.", "Check that they are two sources.", "warning"
            )
