"""A lock that one living process can hold."""

from pathlib import Path

import pytest

from coprod_match.batch import lock
from coprod_match.batch.lock import HeldError, held


def test_it_is_held_by_one_at_a_time_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "work" / "lock"
    with held(path), pytest.raises(HeldError), held(path):
        pass
    with held(path):
        assert path.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_more_stays(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with held(path):
        (tmp_path / "part").touch()
    assert [left.name for left in tmp_path.iterdir()] == ["part"]


def test_a_file_that_a_dead_process_left_is_no_lock(tmp_path: Path) -> None:
    (tmp_path / "lock").touch()
    with held(tmp_path / "lock"):
        pass


def test_the_file_of_another_is_left_to_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with held(path):
        path.unlink()
        path.touch()
    assert path.exists()


def test_a_lock_that_was_put_back_while_we_waited_for_it_is_taken_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, take = tmp_path / "work" / "lock", lock._take

    def take_late(file: object) -> None:
        monkeypatch.setattr(lock, "_take", take)
        path.unlink()  # as its holder does at the end, after we have opened it
        path.parent.rmdir()
        take(file)  # type: ignore[arg-type]

    monkeypatch.setattr(lock, "_take", take_late)
    with held(path), pytest.raises(HeldError), held(path):
        pass


def test_a_name_that_can_never_be_opened_does_not_hang(tmp_path: Path) -> None:
    (tmp_path / "lock").symlink_to(tmp_path / "nowhere" / "at all")
    with pytest.raises(HeldError), held(tmp_path / "lock"):
        pass
