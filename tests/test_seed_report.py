"""What the symposium's report names is in the catalogue, and a plain request for it brings it."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from asking import answer, found

from coprod_match import Catalogue, Matcher, Request

SEED = yaml.safe_load(Path(__file__).with_name("seed_report.yaml").read_text(encoding="utf-8"))


def opening(text: str) -> str:
    return "-".join(text.split()[:7])


def as_request(given: dict[str, Any]) -> Request:
    fields: dict[str, Any] = {
        field: tuple(value) if isinstance(value, list) else value for field, value in given.items()
    }
    return Request(**fields)


@pytest.mark.parametrize("named", SEED["named"], ids=lambda named: opening(named["report"]))
def test_what_the_report_names_is_in_the_catalogue(named: dict[str, Any], catalogue: Catalogue) -> None:
    assert any(id in catalogue for id in named["ids"]), named["report"]


def test_every_id_of_the_seed_file_is_in_the_catalogue(catalogue: Catalogue) -> None:
    ids = {id for named in SEED["named"] for id in named["ids"]} | {
        id for case in SEED["requests"] for id in case["expect"]
    }
    assert [id for id in sorted(ids) if id not in catalogue] == []


def test_nothing_that_the_catalogue_lists_is_put_down_as_informal() -> None:
    assert {named["report"] for named in SEED["named"]}.isdisjoint(SEED["informal"])


def test_there_are_at_least_25_requests() -> None:
    assert len(SEED["requests"]) >= 25


@pytest.mark.parametrize("case", SEED["requests"], ids=lambda case: opening(case["request"].get("text", "no text")))
def test_a_plain_request_for_it_brings_it_in_the_top_three(case: dict[str, Any], matcher: Matcher) -> None:
    top = found(answer(matcher, as_request(case["request"]), top=3))
    assert set(top) & set(case["expect"]), f"{case['request']} brought {top}, not {case['expect']}"
