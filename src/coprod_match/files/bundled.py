"""The data files that come with coprod-match."""

from pathlib import Path

TAXONOMY_FILE = "needs_taxonomy.yaml"
CATALOGUE_FILE = "resources.yaml"
RANKING_FILE = "ranking.yaml"
JUDGEMENTS_FILE = "judgements.yaml"


def bundled(name: str) -> Path:
    """Where a data file that comes with coprod-match lies: inside the installed package, or beside the source."""
    package = Path(__file__).parent.parent
    installed = package / "data"
    return (installed if installed.is_dir() else package.parent.parent / "data") / name
