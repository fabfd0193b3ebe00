"""What the benchmarks of speed rest on: made-up catalogues that are valid and like the real one, and honest tables."""

import importlib
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from coprod_match import Catalogue, Matcher, Request, Taxonomy
from coprod_match.files.load import check_catalogue, load_judgements

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def speed() -> Iterator[Any]:
    """The scripts of benchmarks/speed, by name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks" / "speed"))
        yield importlib.import_module


def test_a_grown_catalogue_begins_with_the_real_one_and_is_the_same_each_time(speed: Any, catalogue: Catalogue) -> None:
    grown = speed("grow").grown
    first, longer, other = grown(catalogue, 400), grown(catalogue, 420), grown(catalogue, 400, seed=1)
    assert first.resources[: len(catalogue)] == catalogue.resources
    assert longer.resources[:400] == first.resources
    assert other != first


def test_made_up_entries_have_names_of_their_own_and_pass_the_catalogue_check(
    speed: Any, catalogue: Catalogue, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    entries = speed("grow").grown(catalogue, 1400).resources
    assert len({entry.name for entry in entries}) == len({entry.id for entry in entries}) == 1400
    file = tmp_path / "resources.yaml"
    some = msgspec.to_builtins(Catalogue(resources=entries[-30:]))
    file.write_text(yaml.safe_dump(some), encoding="utf-8")
    found, problems = check_catalogue(file, taxonomy)
    assert [problem for problem in problems if problem.level == "error"] == []
    assert found is not None


def test_made_up_entries_are_like_the_real_ones(speed: Any, catalogue: Catalogue) -> None:
    number = len(catalogue)
    likeness = speed("likeness").likeness
    real = likeness(catalogue.resources)
    made_up = likeness(speed("grow").grown(catalogue, 2 * number).resources[number:])
    for name in ("words an entry", "different words an entry", "share of the 100 commonest", "themes an entry"):
        assert made_up[name] == pytest.approx(real[name], rel=0.1), name
    for name in ("different words", "different pairs of words"):
        assert made_up[name] == pytest.approx(real[name], rel=0.2), name


def test_made_up_requests_are_the_same_each_time_and_can_all_be_answered(speed: Any, matcher: Matcher) -> None:
    judged = load_judgements(None, matcher.catalogue, matcher.taxonomy).in_scope

    def asked(count: int) -> list[Request]:
        return list(islice(speed("requests_like").requests_like(judged, matcher.catalogue, matcher.taxonomy), count))

    requests = asked(30)
    assert requests == asked(40)[:30]
    assert len(set(requests)) == 30
    assert sum(bool(result.recommendations) for result in matcher.recommend_many(requests)) > 25


def test_held_counts_an_array_once_and_leaves_out_what_is_another_s(speed: Any) -> None:
    held = speed("held").held
    arrays = speed("held").np.zeros((2, 1000))
    assert held({"all": arrays, "part": arrays[0], "again": arrays[1]})[0] == 16_000
    assert held([arrays, arrays.copy()], (arrays,))[0] == 16_000
    assert held(["word" * 1000])[1] > 4000


def test_the_exponent_is_that_of_the_cost(speed: Any) -> None:
    exponent = speed("figures").exponent
    assert exponent({1000: 1.0, 10_000: 10.0, 100_000: 100.0}) == pytest.approx(1)
    assert exponent({1000: 5.0, 10_000: 500.0}) == pytest.approx(2)
    assert exponent({365: 99.0, 1000: 1.0, 10_000: 1.0}) == pytest.approx(0)


def test_the_tables_of_the_page_are_what_was_measured(speed: Any) -> None:
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    figures = json.loads((ROOT / "benchmarks" / "speed" / "results.json").read_text(encoding="utf-8"))
    report = speed("report")
    assert report.updated(page, figures) == page, "out of date: run python benchmarks/speed/report.py"
    assert [name for name in report.TABLES if f"<!-- bench: {name} -->" not in page] == []
