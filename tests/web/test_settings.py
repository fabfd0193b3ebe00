"""What the operator can set, and how a slip in it is told."""

from pathlib import Path

import pytest

from coprod_match import DataError
from coprod_match.web.settings import Settings, load_settings, settings_of_environment


def written(folder: Path, text: str) -> Path:
    file = folder / "service.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_nothing_needs_to_be_set() -> None:
    settings = load_settings()
    assert (settings.contact, settings.catalogue, settings.cors_origins) == (None, None, ())
    assert settings == Settings()


def test_a_file_sets_everything(tmp_path: Path) -> None:
    text = """
        name = "Help in Fife"
        contact = "help@example.org"
        report_address = "entries@example.org"
        home = "Scotland"
        catalogue = "sources/fife.yaml"
        cors_origins = ["https://example.org"]
        reload_data = true
    """
    settings = load_settings(written(tmp_path, text))
    assert (settings.name, settings.home, settings.reload_data) == ("Help in Fife", "Scotland", True)
    assert settings.data_files == (tmp_path / "sources" / "fife.yaml", None, None)
    assert settings.cors_origins == ("https://example.org",)


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPROD_MATCH_NAME", "From the environment")
    settings = load_settings(written(tmp_path, 'name = "From the file"\ncontact = "file@example.org"'))
    assert (settings.name, settings.contact) == ("From the environment", "file@example.org")


def test_the_environment_can_name_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPROD_MATCH_SETTINGS", str(written(tmp_path, 'name = "Named"')))
    assert settings_of_environment().name == "Named"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('nmae = "x"', "service.toml: “nmae” is not a setting. Did you mean “name”?"),
        ("name = 5", "service.toml: “name” should be text in quotation marks; it is “5”."),
        ("reload_data = 'perhaps'", "service.toml: “reload_data” should be true or false; it is “perhaps”."),
        ("reload_data = []", "service.toml: “reload_data” should be true or false; it is “[]”."),
        ("cors_origins = 'x'", '“cors_origins” should be a list, as in ["https://example.org"]; it is “x”.'),
        ("cors_origins = [5]", "“cors_origins.0” should be text in quotation marks; it is “5”."),
        ("cors_origins = ['example.org']", "“example.org” is no origin such as https://example.org."),
        ("nothing", "service.toml: This is not TOML: see what stands at its end. Write each setting"),
        ("name = x", "service.toml: This is not TOML: see what stands at line 1, column 8."),
    ],
)
def test_a_slip_is_told_with_what_to_do(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DataError) as raised:
        load_settings(written(tmp_path, text))
    assert said in str(raised.value)


def test_a_list_in_the_environment_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPROD_MATCH_CORS_ORIGINS", "example.org")
    with pytest.raises(DataError, match="COPROD_MATCH_CORS_ORIGINS should be a list, as in"):
        load_settings()


def test_every_slip_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(DataError) as raised:
        load_settings(written(tmp_path, "nmae = 'x'\nreload_data = 'perhaps'"))
    assert len(raised.value.problems) == 2


def test_a_file_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"nowhere\.toml: It cannot be read: No such file or directory"):
        load_settings(tmp_path / "nowhere.toml")


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / "service.toml"
    file.write_bytes(b"name = '\xff'")
    with pytest.raises(DataError, match="This is not TOML, as it is not UTF-8"):
        load_settings(file)
