"""The catalogue and the taxonomy over the API."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from command_line import run

from coprod_match import Catalogue, Taxonomy
from coprod_match.model.taxonomy import SCHEMES


def parts(visitor: httpx.Client, **query: Any) -> Iterator[dict[str, Any]]:
    """All parts of a list, one after the other."""
    address: str | None = f"/api/resources?{urlencode(query, doseq=True)}"
    while address:
        part: dict[str, Any] = visitor.get(address).raise_for_status().json()
        yield part
        address = part["next"]


def ids(visitor: httpx.Client, **query: Any) -> list[str]:
    return [entry["id"] for part in parts(visitor, **query) for entry in part["resources"]]


@pytest.mark.parametrize("limit", [7, 73, 100])
def test_the_parts_of_the_list_hold_each_source_once(visitor: httpx.Client, catalogue: Catalogue, limit: int) -> None:
    assert ids(visitor, limit=limit) == sorted(resource.id for resource in catalogue.resources)


def test_every_part_but_the_last_is_full(visitor: httpx.Client, catalogue: Catalogue) -> None:
    sizes = [len(part["resources"]) for part in parts(visitor, limit=100)]
    assert sizes == [100] * (len(catalogue) // 100) + [len(catalogue) % 100]
    assert {part["total"] for part in parts(visitor, limit=100)} == {len(catalogue)}


def test_a_list_goes_on_after_a_source_that_is_gone(visitor: httpx.Client) -> None:
    whole = ids(visitor)
    assert ids(visitor, after=f"{whole[41]}-that-was-removed") == whole[42:]


@pytest.mark.parametrize(
    "query",
    [
        {"role": "council", "need": ["toolkit"], "free": "true"},
        {"theme": ["PB"], "place": "Fermanagh"},
        {"kind": ["fund", "course"], "jurisdiction": ["northern-ireland"], "exclude_historic": "true"},
    ],
    ids=str,
)
def test_the_list_is_narrowed_as_on_the_command_line(visitor: httpx.Client, query: dict[str, Any]) -> None:
    flags = [f"--{name.replace('_', '-')}" for name, value in query.items() if value == "true"]
    flags += [f"--{name}={value}" for name, values in query.items() if isinstance(values, list) for value in values]
    flags += [f"--{name}={query[name]}" for name in ("role", "place") if name in query]
    listed = json.loads(run("catalogue", "list", *flags, "--format", "json").stdout)
    found = [entry for part in parts(visitor, limit=3, **query) for entry in part["resources"]]
    assert found == sorted(listed, key=lambda entry: str(entry["id"]))


def test_nothing_that_carries_all_tags_is_an_empty_list(visitor: httpx.Client) -> None:
    [part] = parts(visitor, theme=["rural"], kind=["law"], place="Belfast", need=["training"])
    assert (part["total"], part["resources"], part["next"]) == (0, [], None)


def test_an_unknown_tag_is_named_with_the_nearest(visitor: httpx.Client) -> None:
    answer = visitor.get("/api/resources?theme=rurel+comunitys")
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert (error["field"], error["value"]) == ("theme", "rurel comunitys")
    assert "rural" in error["nearest"]


def test_a_mistyped_condition_is_named_with_those_that_there_are(visitor: httpx.Client) -> None:
    [error] = visitor.get("/api/resources?limits=5").json()["errors"]
    assert (error["field"], error["nearest"]) == ("limits", ["limit"])


def test_a_source_is_told_as_on_the_command_line(visitor: httpx.Client) -> None:
    [shown] = json.loads(run("catalogue", "show", "community-places", "--format", "json").stdout)
    assert visitor.get("/api/resources/community-places").json() == shown


def test_a_source_that_we_do_not_have_is_not_found_but_guessed(visitor: httpx.Client) -> None:
    answer = visitor.get("/api/resources/comunity-places")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    [error] = answer.json()["errors"]
    assert (error["field"], error["value"], error["nearest"][0]) == ("id", "comunity-places", "community-places")


def test_the_taxonomy_is_told_as_on_the_command_line(visitor: httpx.Client) -> None:
    assert visitor.get("/api/taxonomy").json() == json.loads(run("taxonomy", "list", "--format", "json").stdout)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_part_of_the_taxonomy_can_be_had(visitor: httpx.Client, taxonomy: Taxonomy, scheme: str) -> None:
    terms = visitor.get("/api/taxonomy", params={"scheme": scheme}).json()
    assert [term["id"] for term in terms] == [term.id for term in taxonomy.scheme(scheme)]


def test_an_unknown_part_of_the_taxonomy_is_named_with_those_that_there_are(visitor: httpx.Client) -> None:
    answer = visitor.get("/api/taxonomy?scheme=qqq")
    assert answer.status_code == 422
    assert "support_types" in answer.json()["detail"]


def test_health_says_which_catalogue_answers(visitor: httpx.Client, catalogue: Catalogue) -> None:
    answer = visitor.get("/api/health")
    assert answer.json()["status"] == "ok"
    assert answer.json()["catalogue"] == {"size": len(catalogue), "version": catalogue.version}
    assert answer.headers["cache-control"] == "no-store"
