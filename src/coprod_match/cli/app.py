"""The program: its commands, and the one place where an error becomes a message and an exit code."""

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from coprod_match.cli import batch, catalogue, evaluate, index, recommend, serve, taxonomy, tune
from coprod_match.cli.exits import EXIT_DATA, EXIT_USAGE
from coprod_match.errors import CoprodMatchError, DataError
from coprod_match.version import __version__


class _Program(TyperGroup):
    """Turns every error that we raise on purpose into a plain message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # the reader, such as `head`, has seen enough
            raise typer.Exit(0) from None
        except CoprodMatchError as error:
            from coprod_match.cli.console import say  # loads rich

            say(f"Sorry: {error}", style="red")
            raise typer.Exit(EXIT_DATA if isinstance(error, DataError) else EXIT_USAGE) from None


app = typer.Typer(
    cls=_Program,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Say who you are and what you need: get the right sources for co-production and community planning.",
    epilog="Try: coprod-match recommend --role council --need toolkit",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Options of the program as a whole."""


app.command("recommend")(recommend.recommend)
app.command("batch")(batch.batch)
app.command("evaluate")(evaluate.evaluate)
app.command("tune")(tune.tune)
app.command("serve")(serve.serve)
app.add_typer(catalogue.app, name="catalogue")
app.add_typer(taxonomy.app, name="taxonomy")
app.add_typer(index.app, name="index")
