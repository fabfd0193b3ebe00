"""`coprod-match index build`, as a person or a script meets it."""

import os
from pathlib import Path

from command_line import run, small_files
from small_data import CATALOGUE, write


def test_what_was_learnt_is_kept_and_the_folder_is_named(tmp_path: Path) -> None:
    result = run("index", "build", *small_files(tmp_path), env={"XDG_CACHE_HOME": str(tmp_path)})
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("Ready: 2 sources, version ")
    assert f", in {tmp_path / 'coprod-match'}." in result.stdout
    assert len(list((tmp_path / "coprod-match").glob("*.compiled"))) == 1


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    in_the_way = write(tmp_path, "cache", "a file")
    result = run("index", "build", *small_files(tmp_path), env={"XDG_CACHE_HOME": str(in_the_way)})
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"Sorry: {in_the_way / 'coprod-match'}: The folder cannot be written: ")


def test_a_pipe_cannot_be_made_ready_for(tmp_path: Path) -> None:
    receiving, sending = os.pipe()
    os.write(sending, CATALOGUE.encode())
    os.close(sending)
    files = (*small_files(tmp_path), "--catalogue", f"/dev/fd/{receiving}")
    result = run("index", "build", *files, env={"XDG_CACHE_HOME": str(tmp_path)})
    os.close(receiving)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "What was learnt from a pipe is not kept." in result.stderr
