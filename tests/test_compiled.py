"""The compiled form: whatever befalls it, the answer is that of the data files, and never an error."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from shutil import make_archive
from typing import Any

import pytest
from small_data import CATALOGUE, RANKING, TAXONOMY, changed, write

import coprod_match
from coprod_match import DataError, Matcher, Result
from coprod_match.files.load import load_taxonomy

Files = dict[str, Path]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    texts = {"taxonomy": TAXONOMY, "catalogue": CATALOGUE, "ranking": RANKING}
    return {name: write(tmp_path, f"{name}.yaml", text) for name, text in texts.items()}


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def answer(files: Files, cache: Path) -> Result:
    return Matcher.load(**files, cache=cache).recommend(role="council", need="toolkit", text="where do I begin")


def answer_elsewhere(files: Files, cache: Path, **settings: str) -> str:
    """The id of the first source, as another process gives it."""
    code = (
        "import sys; from pathlib import Path; from coprod_match import Matcher; "
        "paths = [Path(p) for p in sys.argv[1:]]; "
        "m = Matcher.load(*paths[:3], cache=paths[3]); "
        "print(m.recommend(role='council', need='toolkit').recommendations[0].resource.id)"
    )
    arguments = [str(files[name]) for name in ("catalogue", "taxonomy", "ranking")] + [str(cache)]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, env=os.environ | settings
    )
    return done.stdout


def kept(cache: Path) -> list[Path]:
    return sorted(cache.glob("*.compiled"))


def test_what_is_kept_gives_the_same_answer_as_what_was_learnt(files: Files, cache: Path) -> None:
    first = answer(files, cache)
    assert len(kept(cache)) == 1
    assert answer(files, cache) == first


def test_the_second_answer_writes_nothing(files: Files, cache: Path) -> None:
    answer(files, cache)
    (file,) = kept(cache)
    before = file.stat().st_mtime_ns
    answer(files, cache)
    assert file.stat().st_mtime_ns == before


SITUATION = "situations:\n  - {text: We only ever hear from the same few, themes: [co-production]}\n"


def test_the_taxonomy_is_that_of_the_file_whether_it_was_learnt_from_or_kept(files: Files, cache: Path) -> None:
    whole = load_taxonomy(write(files["taxonomy"].parent, "taxonomy.yaml", TAXONOMY + SITUATION))
    learnt, kept = (Matcher.load(**files, cache=cache) for _ in range(2))
    assert len(whole.situations) == 1
    assert learnt.taxonomy == kept.taxonomy == whole
    assert learnt.data_version() == kept.data_version() == Matcher(kept.catalogue, whole, kept.ranking).data_version()


def test_who_extends_the_matcher_has_the_whole_taxonomy_from_the_start(files: Files, cache: Path) -> None:
    class Extended(Matcher):
        def __init__(self, *made_of: Any) -> None:
            super().__init__(*made_of)
            self.at_first = self.taxonomy.situations

    write(files["taxonomy"].parent, "taxonomy.yaml", TAXONOMY + SITUATION)
    learnt, kept = (Extended.load(**files, cache=cache) for _ in range(2))
    assert len(learnt.at_first) == len(kept.at_first) == 1


@pytest.mark.parametrize("name", ["catalogue", "taxonomy", "ranking"])
def test_a_change_of_any_data_file_is_seen_at_once(name: str, files: Files, cache: Path) -> None:
    before = answer(files, cache)
    change = {
        "catalogue": ("A first guide to working together", "Another name"),
        "taxonomy": ("gives: methods to use", "gives: a box of tools"),
        "ranking": ("support_type: {value: 0.2", "support_type: {value: 0.3"),
    }[name]
    files[name].write_text(changed(files[name].read_text(encoding="utf-8"), change), encoding="utf-8")
    assert answer(files, cache) != before


@pytest.mark.parametrize("seed", range(40))
def test_a_flipped_bit_anywhere_changes_no_answer(seed: int, files: Files, cache: Path) -> None:
    first = answer(files, cache)
    (file,) = kept(cache)
    content = bytearray(file.read_bytes())
    random = Random(seed)
    content[random.randrange(len(content))] ^= 1 << random.randrange(8)
    file.write_bytes(content)
    assert answer(files, cache) == first


@pytest.mark.parametrize("part", [0, 1, 31, 32, 33, 0.5, 0.999])
def test_a_file_that_is_cut_short_changes_no_answer(part: float, files: Files, cache: Path) -> None:
    first = answer(files, cache)
    (file,) = kept(cache)
    content = file.read_bytes()
    file.write_bytes(content[: int(part if part >= 1 else part * len(content))])
    assert answer(files, cache) == first
    assert file.read_bytes() == content


def test_a_folder_that_cannot_be_written_is_done_without(files: Files, tmp_path: Path) -> None:
    in_the_way = write(tmp_path, "no-folder", "a file")
    assert answer(files, in_the_way / "cache") == answer(files, tmp_path / "cache")


def test_a_pipe_is_read_once_and_nothing_is_kept_of_it(files: Files, cache: Path, tmp_path: Path) -> None:
    receiving, sending = os.pipe()
    os.write(sending, CATALOGUE.encode())
    os.close(sending)
    assert answer(files | {"catalogue": Path(f"/dev/fd/{receiving}")}, cache) == answer(files, tmp_path / "other")
    os.close(receiving)
    assert kept(cache) == []


def test_a_file_without_an_end_is_refused(files: Files, cache: Path) -> None:
    with pytest.raises(DataError, match="larger than 64 MB"):
        answer(files | {"catalogue": Path("/dev/zero")}, cache)


def test_something_else_in_place_of_the_file_is_done_without(files: Files, cache: Path) -> None:
    first = answer(files, cache)
    (file,) = kept(cache)
    file.unlink()
    file.mkdir()
    assert answer(files, cache) == first


def test_a_program_that_is_packed_into_an_archive_answers_as_well(files: Files, cache: Path, tmp_path: Path) -> None:
    archive = make_archive(str(tmp_path / "program"), "zip", Path(coprod_match.__file__).parent.parent, "coprod_match")
    assert answer_elsewhere(files, cache, PYTHONPATH=archive) == answer_elsewhere(files, cache)


def test_old_files_are_removed(files: Files, cache: Path) -> None:
    for number in range(7):
        files["catalogue"].write_text(changed(CATALOGUE, ("year: 2019", f"year: {2000 + number}")), encoding="utf-8")
        answer(files, cache)
    assert len(kept(cache)) == 4


def test_several_processes_at_once_all_get_the_answer(files: Files, cache: Path) -> None:
    with ThreadPoolExecutor() as pool:
        assert set(pool.map(lambda _: answer_elsewhere(files, cache), range(4))) == {"first-guide\n"}
    assert len(kept(cache)) == 1
