"""What must hold between the entries of the catalogue, beyond the shape of each."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from coprod_match.errors import Problem
from coprod_match.files.ids import HOW_IDS_LOOK, WHAT_IDS_ARE, is_id
from coprod_match.files.yaml_reader import Document, Location
from coprod_match.model.catalogue import Catalogue, Grades, Resource
from coprod_match.model.taxonomy import Taxonomy
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

GRADED: tuple[str, ...] = Grades.__struct_fields__
"""The schemes whose terms an entry can be graded for."""

_MAY_BE_EMPTY = ("places",)
_MAY_LACK_SOURCES = ("places", "cost")  # terms of these are there for people's words, not for a source each
_ALIKE = 92  # how alike (rapidfuzz's ratio) two names must be to be pointed out


def tag_problems(taxonomy: Taxonomy, document: Document) -> Iterator[Problem]:
    """Tags that are no terms. Reads plain data, so that a slip in another field does not hide these."""
    entries = document.data.get("resources") if isinstance(document.data, dict) else None
    for position, entry in enumerate(entries if isinstance(entries, list) else ()):
        for path, scheme, tag in _tags_given(entry) if isinstance(entry, dict) else ():
            ids = [term.id for term in taxonomy.scheme(scheme)]
            if tag not in ids:
                whose = f"{entry['id']}: " if isinstance(entry.get("id"), str) else ""
                where, is_key = ("resources", position, *path), path[0] == "grades"
                message = f"{whose}“{tag}” is not a term of {scheme}."
                yield document.problem(where, message, did_you_mean(tag, ids), key=is_key)


def catalogue_problems(catalogue: Catalogue, document: Document) -> Iterator[Problem]:
    """An empty catalogue, repeated ids, empty fields, and ids, addresses and years that are none."""
    if not catalogue.resources:
        yield document.problem(("resources",), "The catalogue has no sources.", "Add at least one.")
    yield from document.repeated_ids(("resources",), [resource.id for resource in catalogue.resources])
    for position, resource in enumerate(catalogue.resources):
        for path, message, hint in _entry_problems(resource):
            yield document.problem(("resources", position, *path), f"{resource.id}: {message}", hint)


def catalogue_warnings(catalogue: Catalogue, taxonomy: Taxonomy, document: Document) -> Iterator[Problem]:
    """Entries that may be the same thing twice, and terms that no entry carries."""
    yield from _near_duplicates(catalogue, document)
    for field, scheme in TAGS.items():
        if field not in _MAY_LACK_SOURCES:
            carried = {tag for resource in catalogue.resources for tag in _tags(resource, field)}
            for term in taxonomy.scheme(scheme):
                if term.id not in carried:
                    message = f"No entry carries “{term.id}” under {field}."
                    yield Problem(document.name, message, "Add a source, or drop the term.", "warning")


def _tags_given(entry: Mapping[str, object]) -> Iterator[tuple[Location, str, str]]:
    """Every tag and every graded term of an entry as it was read: the way to it, its scheme, and itself."""
    for field, scheme in TAGS.items():
        value = entry.get(field)
        if isinstance(value, str):
            yield (field,), scheme, value
        elif isinstance(value, list):
            yield from (((field, index), scheme, tag) for index, tag in enumerate(value) if isinstance(tag, str))
    grades = entry.get("grades")
    for scheme in GRADED:
        terms = grades.get(scheme) if isinstance(grades, dict) else None
        yield from ((("grades", scheme, term), scheme, term) for term in (terms if isinstance(terms, dict) else ()))


def _entry_problems(resource: Resource) -> Iterator[tuple[Location, str, str]]:
    """Where in the entry, what is wrong, what to do."""
    for field in ("id", "name", "provider", "summary"):
        if not getattr(resource, field).strip():
            yield (field,), f"“{field}” is empty.", "Say something there."
    if resource.id.strip() and not is_id(resource.id):
        yield ("id",), WHAT_IDS_ARE, HOW_IDS_LOOK
    for field in TAGS:
        if field not in _MAY_BE_EMPTY and not getattr(resource, field):
            yield (field,), f"“{field}” is empty.", "Name at least one term."
    if resource.year is not None and not 1000 <= resource.year <= 2100:
        yield ("year",), f"“year” should be a year such as 2026; it is {resource.year}.", ""
    addresses: list[tuple[Location, str]] = [(("url",), resource.url)]
    addresses += [(("evidence", index, "url"), item.url) for index, item in enumerate(resource.evidence)]
    for path, address in addresses:
        if not _is_web_address(address):
            yield path, f"“{address[:100]}” is not a web address.", "It should begin with https:// or http://."


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:  # such as http://[broken
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(map(str.isspace, text))


def _tags(resource: Resource, field: str) -> tuple[str, ...]:
    value = getattr(resource, field)
    return (value,) if isinstance(value, str) else value


def _near_duplicates(catalogue: Catalogue, document: Document) -> Iterator[Problem]:
    from rapidfuzz import fuzz, process

    names = [fold(resource.name) for resource in catalogue.resources]
    alike = process.cdist(names, names, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    addresses: dict[str, str] = {}
    for position, resource in enumerate(catalogue.resources):
        twins = [
            f"the name is nearly that of “{catalogue.resources[other].id}”"
            for other in alike[position, :position].nonzero()[0]
        ]
        first = addresses.setdefault(resource.url.rstrip("/"), resource.id)
        twins += [f"“{first}” has the same address"] if first != resource.id else []
        for twin in twins:
            where = document.where(("resources", position, "id"))
            yield Problem(where, f"{resource.id}: {twin}.", "Check that they are two sources.", "warning")
