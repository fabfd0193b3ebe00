"""`coprod-match serve`: the web page and the JSON API."""

from pathlib import Path
from typing import Annotated

import typer

from coprod_match.cli.extras import need_extra

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command("serve")
def serve(
    host: Annotated[str, typer.Option("--host", help="The address to listen at; 0.0.0.0 for all.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="The port to listen at.", min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option("--workers", help="How many processes answer.", min=1, max=64)] = 1,
    settings: Annotated[
        Path | None,
        typer.Option("--settings", metavar="FILE", help="A TOML file: name, contact, catalogue ...", dir_okay=False),
    ] = None,
    reload_data: Annotated[
        bool, typer.Option("--reload-data", help="Read your data files again as soon as they change.")
    ] = False,
) -> None:
    """Serve the web page and the JSON API, over the sources that come with coprod-match or your own.

    Settings can also come from the environment: COPROD_MATCH_NAME, COPROD_MATCH_CONTACT and so on; see docs/deploy.md.

    \b
    Examples:
      coprod-match serve
      coprod-match serve --port 8080 --workers 2 --settings service.toml
    """
    need_extra("web")
    from coprod_match.web import server

    server.serve(host, port, workers, settings, reload_data)
