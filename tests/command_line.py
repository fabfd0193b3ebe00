"""Ways to run the command line: inside this process, in a process of its own, and in a terminal."""

import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping
from fcntl import ioctl
from pathlib import Path

import yaml
from small_data import CATALOGUE, TAXONOMY, write
from typer.testing import CliRunner, Result

from coprod_match.cli.app import app
from coprod_match.files.bundled import RANKING_FILE, bundled

SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
"""What a terminal obeys instead of showing."""

COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]")
"""A sequence that sets a colour; bold and dim are none."""


def run(
    *arguments: str, given: str | bytes = "", charset: str = "utf-8", env: Mapping[str, str] | None = None
) -> Result:
    """Run inside this process, with `given` on standard input, and streams of that character set."""
    return CliRunner(charset=charset).invoke(app, arguments, input=given, env=env, prog_name="coprod-match")


def start(*arguments: str, given: bytes = b"", **settings: str) -> "subprocess.CompletedProcess[bytes]":
    """Run in a process of its own, with `settings` in its environment."""
    command = [sys.executable, "-m", "coprod_match", *arguments]
    return subprocess.run(command, input=given, capture_output=True, env=_environment(settings), check=False)


def start_onto(output: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    """Run in a process of its own whose standard output goes to a file."""
    command = [sys.executable, "-m", "coprod_match", *arguments]
    with output.open("wb") as file:
        return subprocess.run(command, stdout=file, stderr=subprocess.PIPE, env=_environment({}), check=False)


def terminal(width: int, *arguments: str, **settings: str) -> str:
    """What a terminal of that many columns receives, errors included."""
    outer, inner = pty.openpty()
    ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "coprod_match", *arguments],
        stdin=inner,
        stdout=inner,
        stderr=inner,
        env=_environment({"TERM": "xterm-256color", **settings}),
    )
    os.close(inner)
    received = b""
    while part := _read(outer):
        received += part
    os.close(outer)
    process.wait()
    return received.decode().replace("\r\n", "\n")


def visible(text: str) -> str:
    """The text without the sequences that a terminal obeys."""
    return SEQUENCE.sub("", text)


def small_files(folder: Path) -> tuple[str, ...]:
    """Options of `recommend` that name three small data files."""
    ranking = yaml.safe_load(bundled(RANKING_FILE).read_text(encoding="utf-8"))
    ranking |= {"home": "northern-ireland", "unknown_place": "northern-ireland", "subject": ["co-production"]}
    ranking["travel"] = {"publication": {"value": 0.6, "reason": "It can be read anywhere."}}
    return (*small_catalogue(folder), "--ranking", str(write(folder, "ranking.yaml", yaml.safe_dump(ranking))))


def small_catalogue(folder: Path, text: str = CATALOGUE) -> tuple[str, ...]:
    """Options of `catalogue list` and `catalogue show` that name two small data files."""
    return (
        *("--catalogue", str(write(folder, "resources.yaml", text))),
        *("--taxonomy", str(write(folder, "taxonomy.yaml", TAXONOMY))),
    )


def _environment(settings: dict[str, str]) -> dict[str, str]:
    left_out = {"COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING", "TERM"}
    inherited = {name: value for name, value in os.environ.items() if name not in left_out}
    return inherited | {"PYTHONUTF8": "1"} | settings


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""
