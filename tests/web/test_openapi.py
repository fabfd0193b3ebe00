"""The API is what its OpenAPI description says."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

SETTINGS = Path(__file__).with_name("schemathesis.toml")


@pytest.fixture(scope="module")
def description(visitor: httpx.Client) -> dict[str, Any]:
    answer: dict[str, Any] = visitor.get("/api/openapi.json").json()
    return answer


def test_schemathesis_finds_no_request_that_is_answered_otherwise(site: str, tmp_path: Path) -> None:
    """Examples, the limits of every field, random requests right and wrong, and chains of requests."""
    options = ("--max-examples=5", "--seed=1", "--no-color")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "schemathesis.cli",
            f"--config-file={SETTINGS}",
            "run",
            f"{site}/api/openapi.json",
            *options,
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:]
    assert "Tested: 6" in done.stdout


def test_the_description_names_every_address_of_the_api(description: dict[str, Any]) -> None:
    assert {address: set(methods) for address, methods in description["paths"].items()} == {
        "/api/recommend": {"get", "post"},
        "/api/resources": {"get"},
        "/api/resources/{id}": {"get"},
        "/api/taxonomy": {"get"},
        "/api/health": {"get"},
    }


def test_every_operation_is_described_and_every_error_is_a_problem(description: dict[str, Any]) -> None:
    for methods in description["paths"].values():
        for operation in methods.values():
            assert operation["description"]
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    assert list(response["content"]) == ["application/problem+json"]


def test_what_can_be_asked_has_examples(description: dict[str, Any], visitor: httpx.Client) -> None:
    parameters = description["paths"]["/api/recommend"]["get"]["parameters"]
    examples = {item["name"]: item["schema"]["examples"][0] for item in parameters if "examples" in item["schema"]}
    assert {"role", "need", "theme", "place", "text", "without", "kind"} == examples.keys()
    assert visitor.get("/api/recommend", params=examples).status_code == 200
