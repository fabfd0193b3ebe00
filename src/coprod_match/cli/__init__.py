"""The command line: reads input, calls one library function, prints."""

from coprod_match.cli.app import app


def main() -> None:
    """Run the command line."""
    app()
