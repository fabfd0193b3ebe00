"""What must hold in the ranking settings and the judged requests, beyond the shape of each."""

from collections.abc import Iterator, Mapping

from msgspec import Struct, structs

from coprod_match.errors import Problem
from coprod_match.files.check_taxonomy import facet_problems
from coprod_match.files.ranges import allowed
from coprod_match.files.yaml_reader import Document, Location
from coprod_match.model.catalogue import Catalogue
from coprod_match.model.judgements import Judgements
from coprod_match.model.ranking import Ranking, Setting
from coprod_match.model.taxonomy import Taxonomy
from coprod_match.nearest import did_you_mean
from coprod_match.words import has_words


def ranking_problems(ranking: Ranking, taxonomy: Taxonomy, document: Document) -> Iterator[Problem]:
    """Numbers out of range, places and themes that are no terms, and kinds that are unknown or left out."""
    for section, name, setting in _settings(ranking):
        if setting.value not in allowed(section, name):
            message = f"{section}.{name}: {setting.value:.15g} is not a number {allowed(section, name)}."
            yield document.problem((section, name, "value"), message)
    named: list[tuple[Location, str, str]] = [(("home",), "places", ranking.home)]
    named += [(("unknown_place",), "places", ranking.unknown_place)]
    named += [(("subject", position), "themes", theme) for position, theme in enumerate(ranking.subject)]
    for path, scheme, id in named:
        ids = [term.id for term in taxonomy.scheme(scheme)]
        if id not in ids:
            yield document.problem(path, f"{path[0]}: there is no term “{id}” in {scheme}.", did_you_mean(id, ids))
    yield from _travel_problems(ranking, [kind.id for kind in taxonomy.kinds], document)


def judgement_problems(
    judgements: Judgements, catalogue: Catalogue, taxonomy: Taxonomy, document: Document
) -> Iterator[Problem]:
    """Repeated ids, requests without words, grades of sources that do not exist, roles and facets that are no terms."""
    yield from document.repeated_ids(("requests",), [request.id for request in judgements.requests])
    sources = [resource.id for resource in catalogue.resources]
    for position, request in enumerate(judgements.requests):
        if not has_words(request.text):
            message = f"{request.id}: the text holds no word."
            yield document.problem(("requests", position, "text"), message, "Write what the person asked.")
        for id in request.grades:
            if id not in catalogue:
                message = f"{request.id}: there is no source “{id}”."
                yield document.problem(
                    ("requests", position, "grades", id), message, did_you_mean(id, sources), key=True
                )
        roles = [role.id for role in taxonomy.roles]
        if request.role is not None and request.role not in roles:
            message = f"{request.id}: there is no role “{request.role}”."
            yield document.problem(("requests", position, "role"), message, did_you_mean(request.role, roles))
        where: Location = ("requests", position, "facets")
        yield from facet_problems(request.facets, request.id, where, taxonomy, document)


def _travel_problems(ranking: Ranking, kinds: list[str], document: Document) -> Iterator[Problem]:
    for kind in ranking.travel:
        if kind not in kinds:
            message = f"travel: there is no kind “{kind}”."
            yield document.problem(("travel", kind), message, did_you_mean(kind, kinds), key=True)
    for kind in kinds:
        if kind not in ranking.travel:
            yield document.problem(("travel",), f"travel: “{kind}” is missing.", "Say how well that kind travels.")


def _settings(ranking: Ranking) -> Iterator[tuple[str, str, Setting]]:
    """Every setting with its section and its name. They are numbers by now, though files may hold them as text."""
    for section, held in structs.asdict(ranking).items():
        if isinstance(held, Struct | Mapping):
            named = structs.asdict(held) if isinstance(held, Struct) else held
            yield from ((section, name, setting) for name, setting in named.items())
