"""Options that several commands share, each written once."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from coprod_match.model.request import Filters

_FILES = "Other data files"
_FILTERS = "Conditions"


class Format(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


Role = Annotated[
    str | None,
    typer.Option("--role", "-r", help="Who you are: council, community-group, funder ... (see `taxonomy list roles`)."),
]
Needs = Annotated[
    list[str] | None,
    typer.Option("--need", "-n", help="What kind of help: toolkit, training, funding ... May be repeated."),
]
Themes = Annotated[
    list[str] | None, typer.Option("--theme", help="What it is about: rural, housing, 'PB' ... May be repeated.")
]
Place = Annotated[
    str | None, typer.Option("--place", "-p", help="Where you are: a council area, trust, town or nation.")
]
Free = Annotated[bool, typer.Option("--free", help="Only what costs nothing.", rich_help_panel=_FILTERS)]
Jurisdictions = Annotated[
    list[str] | None,
    typer.Option("--jurisdiction", help="Only what belongs to this nation. May be repeated.", rich_help_panel=_FILTERS),
]
Kinds = Annotated[
    list[str] | None,
    typer.Option(
        "--kind", help="Only this sort of thing: fund, course, law ... May be repeated.", rich_help_panel=_FILTERS
    ),
]
ExcludeHistoric = Annotated[
    bool, typer.Option("--exclude-historic", help="Leave out what has ended.", rich_help_panel=_FILTERS)
]
CatalogueFile = Annotated[
    Path | None, typer.Option("--catalogue", metavar="FILE", help="Your own resources.yaml.", rich_help_panel=_FILES)
]
TaxonomyFile = Annotated[
    Path | None,
    typer.Option("--taxonomy", metavar="FILE", help="Your own needs_taxonomy.yaml.", rich_help_panel=_FILES),
]
RankingFile = Annotated[
    Path | None, typer.Option("--ranking", metavar="FILE", help="Your own ranking.yaml.", rich_help_panel=_FILES)
]
CatalogueArgument = Annotated[
    Path | None,
    typer.Argument(metavar="FILE", help="A catalogue file; the one that comes with coprod-match if left out."),
]
OutputFormat = Annotated[Format, typer.Option("--format", "-f", case_sensitive=False, help="How to print the answer.")]


def filters(free: bool, jurisdictions: list[str] | None, kinds: list[str] | None, exclude_historic: bool) -> "Filters":
    """The conditions that were given."""
    from coprod_match.model.request import Filters

    return Filters(
        free=free, jurisdictions=tuple(jurisdictions or ()), kinds=tuple(kinds or ()), exclude_historic=exclude_historic
    )
