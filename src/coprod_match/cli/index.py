"""`coprod-match index`: make the first answer as quick as those that follow."""

import typer

from coprod_match.cli import options

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Get ready to answer quickly.",
    epilog="Try: coprod-match index build",
)


@app.callback()
def _only_with_a_command() -> None:
    """Keep `build` a command of its own."""


@app.command()
def build(
    catalogue: options.CatalogueFile = None,
    taxonomy: options.TaxonomyFile = None,
    ranking: options.RankingFile = None,
) -> None:
    """Check the data files, learn from them, and keep the result in your cache folder.

    The first answer over new data does the same by itself, in some seconds. A change of the data needs no rebuild by
    hand: what is kept is found by the content of the files.

    \b
    Examples:
      coprod-match index build
      coprod-match index build --catalogue my-resources.yaml
    """
    from coprod_match.cli.streams import emit_for_people
    from coprod_match.files.compiled import cache_folder
    from coprod_match.loading import load_data

    data = load_data(catalogue, taxonomy, ranking, cache_folder(), keep=True)
    emit_for_people(f"Ready: {len(data.catalogue)} sources, version {data.catalogue.version}, in {cache_folder()}.\n")
