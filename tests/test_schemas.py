"""The JSON Schemas under schemas/, by which editors complete and check the data files."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from coprod_match.files.bundled import bundled
from coprod_match.files.schemas import write_schemas

ROOT = Path(__file__).parent.parent
FILES = ("needs_taxonomy", "resources", "ranking")


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    return found


def errors(name: str, data: object) -> list[ValidationError]:
    return list(Draft202012Validator(schema(name)).iter_errors(data))


@pytest.fixture(scope="module")
def bundled_data() -> dict[str, Any]:
    """The data files as an editor sees them: plain JSON types, dates as text."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    texts = {name: bundled(f"{name}.yaml").read_text(encoding="utf-8") for name in FILES}
    return {
        name: json.loads(json.dumps(yaml.load(text, loader), default=str))  # noqa: S506  (both loaders are safe)
        for name, text in texts.items()
    }


@pytest.fixture
def entry(bundled_data: dict[str, Any]) -> dict[str, Any]:
    """One good entry, to break something in."""
    found: dict[str, Any] = copy.deepcopy(bundled_data["resources"]["resources"][0])
    return found


def test_the_committed_schemas_are_those_of_the_code(tmp_path: Path) -> None:
    write_schemas(tmp_path / "schemas")
    fresh = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "schemas").iterdir()}
    committed = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "schemas").iterdir()}
    assert committed.keys() == fresh.keys()
    stale = [name for name, text in fresh.items() if committed[name] != text]
    assert stale == [], "run `make schemas`"


@pytest.mark.parametrize("name", FILES)
def test_each_schema_is_a_valid_schema(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("name", FILES)
def test_each_data_file_keeps_to_its_schema(name: str, bundled_data: dict[str, Any]) -> None:
    assert [f"{error.json_path}: {error.message}" for error in errors(name, bundled_data[name])] == []


@pytest.mark.parametrize("name", FILES)
def test_the_first_line_of_each_data_file_leads_editors_to_its_schema(name: str) -> None:
    path = ROOT / "data" / f"{name}.yaml"
    first = path.read_text(encoding="utf-8").splitlines()[0]
    prefix, _, address = first.partition("=")
    assert prefix == "# yaml-language-server: $schema"
    assert (path.parent / address).resolve() == ROOT / "schemas" / f"{name}.schema.json"


def test_a_misspelt_field_is_marked(entry: dict[str, Any]) -> None:
    entry["provder"] = entry.pop("provider")
    messages = " ".join(error.message for error in errors("resources", {"resources": [entry]}))
    assert "provder" in messages
    assert "'provider' is a required property" in messages


@pytest.mark.parametrize("field", ["support_types", "roles", "themes", "places", "jurisdictions"])
def test_an_unknown_term_in_a_list_of_tags_is_marked(field: str, entry: dict[str, Any]) -> None:
    entry[field] = ["no-such-term"]
    (error,) = errors("resources", {"resources": [entry]})
    assert error.json_path == f"$.resources[0].{field}[0]"


@pytest.mark.parametrize("field", ["kind", "cost", "status", "confidence"])
def test_an_unknown_value_of_a_field_with_set_values_is_marked(field: str, entry: dict[str, Any]) -> None:
    entry[field] = "no-such-value"
    (error,) = errors("resources", {"resources": [entry]})
    assert error.json_path == f"$.resources[0].{field}"


@pytest.mark.parametrize("field", ["id", "name", "url", "summary", "questions", "evidence", "last_reviewed"])
def test_a_field_that_is_left_out_is_marked(field: str, entry: dict[str, Any]) -> None:
    del entry[field]
    (error,) = errors("resources", {"resources": [entry]})
    assert field in error.message


def test_a_number_where_text_belongs_is_marked(entry: dict[str, Any]) -> None:
    entry["name"] = 2024
    (error,) = errors("resources", {"resources": [entry]})
    assert error.json_path == "$.resources[0].name"


def test_misspelt_fields_of_the_other_files_are_marked(bundled_data: dict[str, Any]) -> None:
    taxonomy, ranking = copy.deepcopy(bundled_data["needs_taxonomy"]), copy.deepcopy(bundled_data["ranking"])
    taxonomy["themes"][0]["preflabel"] = "A label"
    ranking["weights"]["wrods"] = ranking["weights"]["words"]
    assert [error.json_path for error in errors("needs_taxonomy", taxonomy)] == ["$.themes[0]"]
    assert [error.json_path for error in errors("ranking", ranking)] == ["$.weights"]


@pytest.mark.parametrize("name", FILES)
def test_every_field_of_an_entry_is_explained_to_who_writes_it(name: str) -> None:
    kinds = schema(name)["$defs"]
    assert all(kind.get("description") for kind in kinds.values())
    if name == "resources":
        fields = kinds["Resource"]["properties"]
        assert [field for field, about in fields.items() if not about.get("description")] == []
