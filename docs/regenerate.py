"""Rewrite the generated blocks of README.md and docs/*.md, so that no example can go stale.

`python docs/regenerate.py` rewrites them; with `--check` it only looks, and exits 1 if a block is out of date.
A block is a mark and the fenced `text` block that follows it: `<!-- run: COMMAND -->` holds what a command prints,
`<!-- help: COMMAND -->` what it takes, `<!-- prints -->` what the page's `python` blocks printed since the last one.
"""

import contextlib
import inspect
import io
import re
import shlex
import shutil
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import Any

from typer.main import get_command
from typer.testing import CliRunner

from coprod_match.cli.app import app

ROOT = Path(__file__).resolve().parent.parent
_PYTHON = r"^```python\n(?P<code>.*?)^```$"
_MARKED = r"^(?P<mark><!-- (?P<verb>run|help|prints)(?:: (?P<command>[^\n]*))? -->)\n```text\n.*?^```$"
_PART = re.compile(f"{_PYTHON}|{_MARKED}", re.MULTILINE | re.DOTALL)


def updated(page: str) -> str:
    """The text of a page with every generated block as it should be."""
    session, printed = {"__name__": "docs"}, io.StringIO()

    def part(match: re.Match[str]) -> str:
        if match["code"] is not None:
            with contextlib.redirect_stdout(printed):
                exec(match["code"], session)  # noqa: S102  our own pages
            return match[0]
        verb, command = match["verb"], match["command"]
        text = run(command) if verb == "run" else reference(command) if verb == "help" else _take(printed)
        return f"{match['mark']}\n```text\n{text.rstrip()}\n```"

    return _PART.sub(part, page)


def _take(printed: io.StringIO) -> str:
    text = printed.getvalue()
    printed.seek(printed.truncate(0))
    return text


def run(command: str) -> str:
    """What a `coprod-match …` command prints when its output is piped, in a folder that holds the examples."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        shutil.copytree(ROOT / "docs" / "examples", folder, dirs_exist_ok=True)
        runner = CliRunner(env={"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"})
        result = runner.invoke(app, shlex.split(command)[1:])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def reference(command: str) -> str:
    """What a command does, and its arguments and options. Unlike `--help`, the same under every version of Typer."""
    found: Any = get_command(app)
    for name in command.split()[1:]:
        found = found.commands[name]
    about = (inspect.getdoc(found.callback) or "").replace("\b\n", "")
    usage, rows = [command], []
    for param in found.params:
        names = [*param.opts, *param.secondary_opts]
        if param.param_type_name == "argument":
            names = [param.metavar or param.name.upper()]
            usage += names
        unsaid = param.default is None or isinstance(param.default, bool)
        text = param.help + ("" if unsaid else f" [default: {param.default}]")
        start = f"  {', '.join(names):27} "
        rows.append(textwrap.fill(text, 100, initial_indent=start, subsequent_indent=" " * len(start)))
    return "\n".join([" ".join([*usage, "[OPTIONS]"]), "", about, "", *rows])


def main(check: bool) -> int:
    """Rewrite the pages, or only name those that are out of date."""
    pages = {page: page.read_text(encoding="utf-8") for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))}
    stale = {page: new for page, old in pages.items() if (new := updated(old)) != old}
    for page, text in stale.items():
        print(f"{page.relative_to(ROOT)}: {'out of date' if check else 'rewritten'}")
        if not check:
            page.write_text(text, encoding="utf-8")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
