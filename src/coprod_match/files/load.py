"""One loader per data file. Each reports all that is wrong in one go, or returns a value that holds together."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from coprod_match.errors import DataError, Problem
from coprod_match.files.checks import catalogue_problems, catalogue_warnings, ranking_problems, taxonomy_problems
from coprod_match.files.validate import build
from coprod_match.files.yaml_reader import read_yaml
from coprod_match.model.catalogue import Catalogue
from coprod_match.model.ranking import Ranking
from coprod_match.model.taxonomy import Taxonomy

TAXONOMY_FILE = "needs_taxonomy.yaml"
CATALOGUE_FILE = "resources.yaml"
RANKING_FILE = "ranking.yaml"


def bundled(name: str) -> Path:
    """Where a data file that comes with coprod-match lies: inside the installed package, or beside the source."""
    package = Path(__file__).parent.parent
    installed = package / "data"
    return (installed if installed.is_dir() else package.parent.parent / "data") / name


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
    document = read_yaml(path or bundled(CATALOGUE_FILE))
    catalogue = build(document, Catalogue)
    _refuse(catalogue_problems(catalogue, taxonomy, document))
    return catalogue


def check_catalogue(path: Path | None, taxonomy: Taxonomy) -> tuple[Catalogue | None, Sequence[Problem]]:
    """Read the catalogue for its curators: what can be used of it (if anything), and all problems and warnings."""
    document = read_yaml(path or bundled(CATALOGUE_FILE))
    try:
        catalogue = build(document, Catalogue)
    except DataError as error:
        return None, error.problems
    problems = list(catalogue_problems(catalogue, taxonomy, document))
    return None if problems else catalogue, [*problems, *catalogue_warnings(catalogue, taxonomy, document)]


def _refuse(problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise DataError(found)
