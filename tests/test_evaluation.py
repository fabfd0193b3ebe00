"""The yardstick: measures against plain arithmetic, the report, the comparison, and learning the weights."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from command_line import run
from hypothesis import given
from hypothesis import strategies as st

from coprod_match import DataError, Matcher
from coprod_match.evaluation.chance import calibration_error, calibration_table, learn_chance
from coprod_match.evaluation.compare import compare
from coprod_match.evaluation.measures import interval, measure
from coprod_match.evaluation.report import Report, evaluate
from coprod_match.evaluation.tune import FOLDS, REPEATS, Proposal, tune
from coprod_match.files.bundled import RANKING_FILE, bundled
from coprod_match.files.edit import with_numbers
from coprod_match.files.load import load_judgements, load_ranking
from coprod_match.files.write import write_whole
from coprod_match.model.judgements import JudgedRequest, Judgements

GRADES = {"a": 3, "b": 2, "c": 1, "d": 0}


def judged(grades: dict[str, int], id: str = "r1") -> JudgedRequest:
    return JudgedRequest(id=id, text="help", in_scope=True, grades=grades)  # type: ignore[arg-type]


def plain_ndcg(order: list[str], grades: dict[str, int], depth: int) -> float:
    def gain(found: list[int]) -> float:
        return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(found[:depth], start=1))

    best = gain(sorted(grades.values(), reverse=True))
    return gain([grades.get(id, 0) for id in order]) / best if best else 0.0


@pytest.fixture(scope="module")
def judgements(matcher: Matcher) -> Judgements:
    return load_judgements(None, matcher.catalogue, matcher.taxonomy)


@pytest.fixture(scope="module")
def report(matcher: Matcher, judgements: Judgements) -> Report:
    return evaluate(matcher, judgements)


@pytest.fixture(scope="module")
def proposal(matcher: Matcher, judgements: Judgements) -> Proposal:
    return tune(matcher, judgements, lambda done: None)


@given(st.permutations(["a", "b", "c", "d", "e", "f"]), st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 3)))
def test_ndcg_is_what_the_formula_says(order: list[str], grades: dict[str, int]) -> None:
    ranking = {id: float(len(order) - rank) for rank, id in enumerate(order)}
    found = measure([ranking], [judged(grades)])
    assert found["nDCG@5"][0] == pytest.approx(plain_ndcg(order, grades, 5))


def test_success_recall_and_reciprocal_rank_count_grades_of_two_or_more() -> None:
    found = measure([{"c": 3.0, "d": 2.0, "b": 1.0}], [judged(GRADES)])
    assert (found["Success@1"][0], found["Success@3"][0]) == (0, 1)
    assert found["Recall@10"][0] == pytest.approx(1 / 2)
    assert found["MRR"][0] == pytest.approx(1 / 3)


def test_what_was_not_judged_counts_as_nothing_and_is_reported() -> None:
    found = measure([{"x": 2.0, "a": 1.0}], [judged(GRADES)])
    assert found["unjudged@5"][0] == pytest.approx(1 / 2)
    assert found["nDCG@5"][0] < found["nDCG@5, judged only"][0]


def test_an_empty_list_earns_nothing() -> None:
    assert measure([{}], [judged(GRADES)])["nDCG@5"][0] == 0


def test_ties_are_broken_by_id() -> None:
    assert measure([{"b": 1.0, "a": 1.0}], [judged({"a": 3})])["Success@1"][0] == 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_an_interval_holds_its_mean_and_is_the_same_every_time(values: list[float]) -> None:
    found = interval(np.array(values))
    assert found.low - 1e-9 <= found.mean <= found.high + 1e-9
    assert interval(np.array(values)) == found


def test_a_stated_chance_that_holds_has_no_calibration_error() -> None:
    assert calibration_error([(0.5, True), (0.5, False)]) == 0
    assert calibration_error([(0.9, False)] * 4) == pytest.approx(0.9)
    assert [row[3] for row in calibration_table([(0.1, True), (1.0, True), (0.95, False)])] == [1, 2]


def test_a_chance_is_learnt_that_grows_with_the_share_of_the_points() -> None:
    pairs = [[(share / 20, share > 10 or share % 5 == 0)] for share in range(21)] * 3
    assert learn_chance(pairs).slope > 0


def test_a_comparison_tells_wins_from_losses_over_what_both_hold() -> None:
    result = compare({"a": 0.9, "b": 0.1, "c": 0.5, "new": 1.0}, {"a": 0.5, "b": 0.4, "c": 0.5, "old": 0.0})
    assert [id for id, _ in result.wins] == ["a"]
    assert [id for id, _ in result.losses] == ["b"]
    assert result.difference.mean == pytest.approx(0.1 / 3)


def test_the_engine_ranks_better_than_every_baseline(report: Report) -> None:
    spoken = report.settings["as spoken"].measures["nDCG@5"].mean
    form = report.settings["as a form"].measures["nDCG@5"].mean
    texts = [report.baselines[name]["nDCG@5"].mean for name in report.baselines if name != "rules only"]
    assert spoken > max(texts)
    assert form > max(spoken, report.baselines["rules only"]["nDCG@5"].mean)


def test_the_report_names_the_worst_requests_and_what_went_wrong(report: Report) -> None:
    worst = report.settings["as spoken"].worst
    assert [one.ndcg for one in worst] == sorted(one.ndcg for one in worst)
    assert all(one.trouble for one in worst)


def test_learnt_weights_are_none_below_zero_and_words_weigh_one(proposal: Proposal) -> None:
    assert min(proposal.weights.values()) >= 0
    assert proposal.weights["words"] == pytest.approx(1)


def test_the_weights_in_use_lose_nothing_worth_naming_against_the_learnt_ones(proposal: Proposal) -> None:
    for gain in proposal.gain.values():
        assert gain.low < 0.01


def test_tuning_reports_every_fold(matcher: Matcher, judgements: Judgements) -> None:
    done: list[int] = []
    tune(matcher, Judgements(requests=judgements.requests[:12]), done.append)
    assert done == list(range(1, FOLDS * REPEATS + 1))


def test_only_the_numbers_of_a_file_change(tmp_path: Path, matcher: Matcher) -> None:
    before = bundled(RANKING_FILE).read_text(encoding="utf-8")
    after = with_numbers(bundled(RANKING_FILE), {("weights", "theme", "value"): 0.125})
    changed = [(old, new) for old, new in zip(before.split("\n"), after.split("\n"), strict=True) if old != new]
    assert [new.strip() for _, new in changed] == ["value: 0.125"]
    file = tmp_path / "ranking.yaml"
    file.write_text(after, encoding="utf-8")
    assert load_ranking(file, matcher.taxonomy).weights.theme.value == 0.125


def test_a_file_that_cannot_be_written_whole_is_left_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "ranking.yaml"
    folder.mkdir()
    with pytest.raises(OSError, match="directory"):
        write_whole(folder, b"new")
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {id: a, text: t, in_scope: true, grades: {scdcc: 3}}", "j.yaml:1:45: a: there is no source “scdcc”"),
        ("- {id: a, text: t, in_scope: true, facets: {themes: [rurl]}}", "there is no term “rurl” in themes"),
        ("- {id: a, text: t, in_scope: true, grades: {scdc: 4}}", "should be 0, 1, 2 or 3"),
        ("- {id: a, text: t, in_scope: yes}\n- {id: a, text: u, in_scope: no}", "“a” is already taken"),
    ],
)
def test_a_slip_in_a_judgements_file_is_shown_where_it_stands(
    text: str, message: str, tmp_path: Path, matcher: Matcher
) -> None:
    file = tmp_path / "j.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_judgements(file, matcher.catalogue, matcher.taxonomy)
    assert message in str(caught.value)


def test_the_command_prints_figures_for_people_and_for_machines(tmp_path: Path) -> None:
    table, plain = run("evaluate", "--worst", "2"), run("evaluate", "--format", "json")
    assert (table.exit_code, plain.exit_code) == (0, 0)
    assert "full engine, as spoken" in table.stdout
    before = tmp_path / "before.json"
    before.write_text(plain.stdout, encoding="utf-8")
    assert set(json.loads(plain.stdout)["settings"]) == {"as spoken", "as a form"}
    compared = run("evaluate", "--worst", "0", "--compare", str(before))
    assert "as a form: nDCG@5 0.00 (0.00-0.00)" in compared.stdout


def test_figures_that_are_none_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "before.json"
    file.write_text("[]", encoding="utf-8")
    result = run("evaluate", "--worst", "0", "--compare", str(file))
    assert result.exit_code == 1
    assert "before.json: These are not figures of an earlier run" in result.stderr


def test_tune_writes_only_where_it_is_told_to(tmp_path: Path) -> None:
    before = bundled(RANKING_FILE).read_bytes()
    assert run("tune").exit_code == 0
    file = tmp_path / "proposed.yaml"
    result = run("tune", "--write", str(file))
    assert "Proposed settings written" in result.stdout
    assert file.read_text(encoding="utf-8").count("reason:") == before.decode().count("reason:")
    assert bundled(RANKING_FILE).read_bytes() == before
    assert run("tune", "--write", str(tmp_path / "no" / "folder.yaml")).exit_code == 1
