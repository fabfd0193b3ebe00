"""Data that are edited while the service runs."""

from pathlib import Path

import pytest
import yaml
from small_data import CATALOGUE, TAXONOMY, write

from coprod_match import DataError
from coprod_match.files.bundled import RANKING_FILE, bundled
from coprod_match.web.settings import Settings
from coprod_match.web.state import Live


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three small data files."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    ranking = yaml.safe_load(bundled(RANKING_FILE).read_text(encoding="utf-8"))
    ranking |= {"home": "northern-ireland", "unknown_place": "northern-ireland", "subject": ["co-production"]}
    ranking["travel"] = {"publication": {"value": 0.6, "reason": "It can be read anywhere."}}
    write(tmp_path, "ranking.yaml", yaml.safe_dump(ranking))
    write(tmp_path, "taxonomy.yaml", TAXONOMY)
    write(tmp_path, "resources.yaml", CATALOGUE)
    return tmp_path


def settings(folder: Path, home: str | None = None) -> Settings:
    return Settings(
        catalogue=folder / "resources.yaml",
        taxonomy=folder / "taxonomy.yaml",
        ranking=folder / "ranking.yaml",
        home=home,
    )


def test_an_edit_is_read_when_it_is_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    live = Live(settings(folder))
    before = live.now
    write(folder, "resources.yaml", CATALOGUE.replace("A first guide", "A very first guide"))
    assert live.now is before
    live.reload()
    assert live.now.entries["first-guide"]["name"] == "A very first guide to working together"
    assert live.now.version != before.version
    assert live.problems == ()
    assert "The data were read again: 2 sources" in capsys.readouterr().err


def test_an_edit_that_cannot_be_used_changes_nothing_and_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    live = Live(settings(folder))
    before = live.now
    write(folder, "resources.yaml", CATALOGUE.replace("cost: free", "cost: fre", 1))
    live.reload()
    assert live.now is before
    [problem] = live.problems
    assert "resources.yaml:14:11" in problem
    assert "free" in problem
    said = capsys.readouterr().err
    assert "the earlier ones still answer" in said
    assert problem in said


def test_a_catalogue_that_is_gone_changes_nothing(folder: Path) -> None:
    live = Live(settings(folder))
    before = live.now
    (folder / "resources.yaml").unlink()
    live.reload()
    assert live.now is before
    assert "resources.yaml" in live.problems[0]


def test_once_put_right_an_edit_is_used_and_no_longer_complained_about(folder: Path) -> None:
    live = Live(settings(folder))
    write(folder, "resources.yaml", "resources: [")
    live.reload()
    assert live.problems
    write(folder, "resources.yaml", CATALOGUE)
    live.reload()
    assert live.problems == ()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("taxonomy.yaml", "Council officer", "Council person"),
        ("ranking.yaml", "It can be read anywhere.", "It can be read everywhere."),
        ("resources.yaml", "It tells a newcomer", "It tells a beginner"),
    ],
)
def test_an_edit_of_any_file_makes_answers_new(folder: Path, file: str, old: str, new: str) -> None:
    live = Live(settings(folder))
    before = live.now.version
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    write(folder, file, text.replace(old, new))
    live.reload()
    assert live.now.version != before


def test_the_same_data_have_the_same_version(folder: Path) -> None:
    assert Live(settings(folder)).now.version == Live(settings(folder)).now.version


def test_people_who_do_not_say_where_they_are_are_at_the_home_that_is_set(folder: Path) -> None:
    live = Live(settings(folder, home="Belfast"))
    places = [item.term for item in live.now.matcher.recommend(need="toolkit").understood if item.facet == "place"]
    assert places == ["belfast"]
    assert live.now.version != Live(settings(folder)).now.version


def test_a_home_that_we_do_not_know_is_told_with_the_nearest(folder: Path) -> None:
    with pytest.raises(DataError, match="settings: home: “bellfest” is not one that we know"):
        Live(settings(folder, home="bellfest"))
