"""One loader per data file. Each reports all that is wrong in one go, or returns a value that holds together."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from coprod_match.errors import DataError, Problem
from coprod_match.files.bundled import CATALOGUE_FILE, JUDGEMENTS_FILE, RANKING_FILE, TAXONOMY_FILE, bundled
from coprod_match.files.check_catalogue import catalogue_problems, catalogue_warnings, tag_problems
from coprod_match.files.check_settings import judgement_problems, ranking_problems
from coprod_match.files.check_taxonomy import taxonomy_problems
from coprod_match.files.validate import build
from coprod_match.files.yaml_reader import Document, read_yaml
from coprod_match.model.catalogue import Catalogue
from coprod_match.model.judgements import Judgements
from coprod_match.model.ranking import Ranking
from coprod_match.model.taxonomy import Taxonomy


def load_taxonomy(path: Path | None = None) -> Taxonomy:
    """Read the needs taxonomy. Raises DataError with every problem found."""
    document = read_yaml(path or bundled(TAXONOMY_FILE))
    taxonomy = build(document, Taxonomy)
    _refuse(taxonomy_problems(taxonomy, document))
    return taxonomy


def load_ranking(path: Path | None, taxonomy: Taxonomy) -> Ranking:
    """Read the ranking settings and check them against the taxonomy. Raises DataError with every problem found."""
    document = read_yaml(path or bundled(RANKING_FILE))
    ranking = build(document, Ranking)
    _refuse(ranking_problems(ranking, taxonomy, document))
    return ranking


def load_catalogue(path: Path | None, taxonomy: Taxonomy) -> Catalogue:
    """Read the catalogue and check it against the taxonomy. Raises DataError with every problem found."""
    catalogue, problems = _read_catalogue(read_yaml(path or bundled(CATALOGUE_FILE)), taxonomy)
    if catalogue is None or problems:
        raise DataError(problems)
    return catalogue


def load_judgements(path: Path | None, catalogue: Catalogue, taxonomy: Taxonomy) -> Judgements:
    """Read judged requests and check them against the catalogue. Raises DataError with every problem found."""
    document = read_yaml(path or bundled(JUDGEMENTS_FILE))
    data = document.data
    if isinstance(data, list):  # a bare list of requests, as assessors like to write it
        places = {("requests", *path): place for path, place in document.places.items()}
        document = replace(document, data={"requests": data}, places=places)
    judgements = build(document, Judgements)
    _refuse(judgement_problems(judgements, catalogue, taxonomy, document))
    return judgements


def check_catalogue(path: Path | None, taxonomy: Taxonomy) -> tuple[Catalogue | None, Sequence[Problem]]:
    """Read the catalogue for its curators: the catalogue, None if unusable, and all problems and warnings."""
    document = read_yaml(path or bundled(CATALOGUE_FILE))
    catalogue, problems = _read_catalogue(document, taxonomy)
    warnings = [] if catalogue is None else catalogue_warnings(catalogue, taxonomy, document)
    return (None if problems else catalogue), [*problems, *warnings]


def _read_catalogue(document: Document, taxonomy: Taxonomy) -> tuple[Catalogue | None, list[Problem]]:
    """The catalogue, None if its shape is wrong, and every problem in it: of shape, of tags, and between entries."""
    problems = list(tag_problems(taxonomy, document))
    try:
        catalogue = build(document, Catalogue)
    except DataError as error:
        return None, [*error.problems, *problems]
    return catalogue, [*problems, *catalogue_problems(catalogue, document)]


def _refuse(problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise DataError(found)
