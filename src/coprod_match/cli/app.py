"""The program: its commands, and the one place where an error becomes a message and an exit code."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from coprod_match.cli.exits import EXIT_DATA, EXIT_USAGE
from coprod_match.errors import CoprodMatchError, DataError
from coprod_match.version import __version__

_COMMANDS = ("recommend", "batch", "evaluate", "tune", "serve", "catalogue", "taxonomy", "index")
"""Each is a module beside this one, with an `app`."""


class _Commands(Mapping[str, Any]):
    """The commands by name. Each is loaded when it is asked for: a call uses one, and only help asks for all."""

    def __getitem__(self, name: str) -> Any:
        if name not in _COMMANDS:
            raise KeyError(name)
        return get_command(import_module(f"coprod_match.cli.{name}").app)

    def __iter__(self) -> Iterator[str]:
        return iter(_COMMANDS)

    def __len__(self) -> int:
        return len(_COMMANDS)


class _Program(TyperGroup):
    """Turns every error that we raise on purpose into a plain message and an exit code."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands: Any = _Commands()

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.commands)  # typer's own asks for the commands besides their names

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
