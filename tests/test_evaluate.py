"""The evaluation of a matcher, through the library: on the bundled judgements and on one's own."""

import math
from collections.abc import Mapping
from pathlib import Path

import pytest
from asking import over
from small_data import where, write

from coprod_match import DataError, Matcher
from coprod_match.evaluation.measures import Interval
from coprod_match.evaluation.rankings import DEPTH, answers
from coprod_match.evaluation.report import Report, calibration, evaluate
from coprod_match.files.load import load_judgements
from coprod_match.model.judgements import JudgedRequest, Judgements

SETTINGS = ("as spoken", "as a form")
OWN = """\
# ours

- id: mine
  role: council
  place: belfast
  text: something to run an online consultation with
  in_scope: true
  facets: {support_types: [toolkit], themes: [co-production]}
  grades: {citizen-space: 3, community-places: 1}
- id: others
  text: recipe for scones
  in_scope: false
"""


@pytest.fixture(scope="module")
def judgements(matcher: Matcher) -> Judgements:
    return load_judgements(None, matcher.catalogue, matcher.taxonomy)


@pytest.fixture(scope="module")
def report(matcher: Matcher, judgements: Judgements) -> Report:
    return evaluate(matcher, judgements, worst=5)


@pytest.fixture(scope="module")
def few(matcher: Matcher) -> Matcher:
    """A matcher over a few sources, those of the judgements of one's own among them."""
    named = [matcher.catalogue.resource(id) for id in ("citizen-space", "community-places")]
    return over(matcher, *named, *(one for one in matcher.catalogue.resources[:20] if one not in named))


def problems(text: str, folder: Path, matcher: Matcher) -> list[str]:
    """What is said of a judgements file that cannot be used."""
    with pytest.raises(DataError) as caught:
        load_judgements(write(folder, "own.yaml", text), matcher.catalogue, matcher.taxonomy)
    return [str(problem) for problem in caught.value.problems]


def test_every_judged_request_is_measured_in_both_settings(report: Report, judgements: Judgements) -> None:
    assert (report.requests, report.out_of_scope) == (len(judgements.in_scope), len(judgements.out_of_scope))
    assert set(report.settings) == set(SETTINGS)
    for setting in report.settings.values():
        assert set(setting.per_request) == {request.id for request in judgements.in_scope}


def test_every_mean_lies_inside_its_interval(report: Report) -> None:
    tables: list[Mapping[str, Interval]] = list(report.baselines.values())
    for setting in report.settings.values():
        tables += [setting.measures, setting.by_role, setting.by_support_type, {"refused": setting.wrongly_refused}]
    for table in tables:
        for name, value in table.items():
            assert 0 <= value.low <= value.mean <= value.high <= 1, name


def test_the_headline_is_the_mean_over_requests(report: Report) -> None:
    for setting in report.settings.values():
        mean = math.fsum(setting.per_request.values()) / len(setting.per_request)
        assert setting.measures["nDCG@5"].mean == pytest.approx(mean)


def test_the_groups_of_roles_make_up_the_whole(report: Report, judgements: Judgements) -> None:
    asked = [request.role or "not said" for request in judgements.in_scope]
    for setting in report.settings.values():
        assert set(setting.by_role) == set(asked)
        total = math.fsum(setting.by_role[role].mean for role in asked)
        assert total / len(asked) == pytest.approx(setting.measures["nDCG@5"].mean)


def test_a_kind_of_help_is_measured_over_the_requests_that_want_it(report: Report, judgements: Judgements) -> None:
    setting = report.settings["as spoken"]
    for kind, value in setting.by_support_type.items():
        wanting = [request.id for request in judgements.in_scope if kind in request.facets.support_types]
        assert value.mean == pytest.approx(math.fsum(setting.per_request[id] for id in wanting) / len(wanting))


def test_the_full_engine_beats_each_text_ranker_by_a_margin(report: Report) -> None:
    full = report.settings["as spoken"].measures["nDCG@5"].mean
    for name in ("scikit-learn TF-IDF", "BM25 (bm25s)"):
        assert full - report.baselines[name]["nDCG@5"].mean >= 0.15, name
    assert full > report.baselines["text only"]["nDCG@5"].mean


def test_being_told_more_does_not_make_answers_worse(report: Report) -> None:
    for name in ("nDCG@5", "nDCG@10", "Recall@10"):
        spoken, form = (report.settings[setting].measures[name].mean for setting in SETTINGS)
        assert form > spoken


def test_leaving_out_the_unjudged_never_lowers_a_figure(report: Report) -> None:
    for table in (*report.baselines.values(), *(setting.measures for setting in report.settings.values())):
        assert table["nDCG@5, judged only"].mean >= table["nDCG@5"].mean


def test_the_worst_requests_come_worst_first(report: Report) -> None:
    for setting in report.settings.values():
        assert [one.ndcg for one in setting.worst] == sorted(setting.per_request.values())[:5]


def test_the_sources_named_as_missed_are_useful_and_were_not_shown(
    report: Report, matcher: Matcher, judgements: Judgements
) -> None:
    by_id = {request.id: request for request in judgements.in_scope}
    for one in report.settings["as spoken"].worst:
        (result,) = answers(matcher, "as spoken", [by_id[one.id]])
        shown = [entry.resource.id for entry in result.recommendations[:5]]
        missed = one.trouble.split(";")[0].removeprefix("missed ").split(", ") if "missed " in one.trouble else []
        assert all(by_id[one.id].grades[id] >= 2 for id in missed)
        assert not set(missed) & set(shown)


def test_the_calibration_table_counts_every_judged_recommendation_once(
    report: Report, matcher: Matcher, judgements: Judgements
) -> None:
    for name in SETTINGS:
        results = answers(matcher, name, judgements.in_scope)
        shown = [
            (entry.chance, request.grades[entry.resource.id] >= 2)
            for request, result in zip(judgements.in_scope, results, strict=True)
            for entry in result.recommendations[:5]
            if entry.resource.id in request.grades
        ]
        table = report.settings[name].calibration.table
        assert sum(count for *_, count in table) == len(shown)
        assert sum(useful * count for _, _, useful, count in table) == pytest.approx(sum(use for _, use in shown))
        assert sum(stated * count for _, stated, _, count in table) == pytest.approx(sum(at for at, _ in shown))


def test_stated_chances_hold_on_the_bundled_judgements(report: Report) -> None:
    for setting in report.settings.values():
        assert setting.calibration.error <= 0.08


def test_a_ranking_is_looked_at_to_a_fixed_depth(matcher: Matcher, judgements: Judgements) -> None:
    assert max(len(result.recommendations) for result in answers(matcher, "as a form", judgements.in_scope)) <= DEPTH


def test_a_bare_list_of_requests_is_a_judgements_file(tmp_path: Path, matcher: Matcher) -> None:
    listed = "requests:\n" + "".join(f"  {line}\n" for line in OWN.splitlines())
    bare, named = (
        load_judgements(write(tmp_path, name, text), matcher.catalogue, matcher.taxonomy)
        for name, text in (("bare.yaml", OWN), ("named.yaml", listed))
    )
    assert bare == named
    assert ([one.id for one in bare.in_scope], [one.id for one in bare.out_of_scope]) == (["mine"], ["others"])


def test_judgements_of_ones_own_are_measured(tmp_path: Path, few: Matcher) -> None:
    own = load_judgements(write(tmp_path, "own.yaml", OWN), few.catalogue, few.taxonomy)
    report = evaluate(few, own)
    assert (report.requests, report.out_of_scope, report.correctly_refused.mean) == (1, 1, 1.0)
    assert list(report.settings["as spoken"].by_role) == ["council"]


def test_judgements_that_hold_no_request_in_scope_are_measured_too(few: Matcher) -> None:
    declined = JudgedRequest(id="others", text="recipe for scones", in_scope=False)
    report = evaluate(few, Judgements(requests=(declined,)))
    assert (report.requests, report.correctly_refused.mean) == (0, 1.0)


def test_a_request_that_is_answered_with_nothing_is_said_to_be_refused(few: Matcher) -> None:
    asked = JudgedRequest(id="mine", text="recipe for scones", in_scope=True, grades={"citizen-space": 3})
    report = evaluate(few, Judgements(requests=(asked,)))
    assert report.settings["as spoken"].wrongly_refused.mean == 1
    assert report.settings["as spoken"].worst[0].trouble == "it was refused"


def test_no_recommendation_that_was_judged_leaves_the_table_empty(few: Matcher) -> None:
    asked = JudgedRequest(id="mine", text="online consultation", in_scope=True)
    found = calibration([asked], answers(few, "as spoken", [asked]))
    assert (found.table, found.error) == ((), 0)


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("citizen-space", "citizn-space", "mine: there is no source “citizn-space”. Did you mean “citizen-space”?"),
        ("toolkit]", "tolkit]", "mine: there is no term “tolkit” in support_types. Did you mean “toolkit”?"),
        ("co-production]", "coprodution]", "mine: there is no term “coprodution” in themes. Did you mean"),
        ("3, community", "4, community", "mine: “citizen-space” should be 0, 1, 2 or 3; it is “4”."),
        ("council", "qqzzx", "mine: "),
    ],
)
def test_a_slip_is_shown_where_it_stands_with_the_nearest_guess(
    right: str, wrong: str, message: str, tmp_path: Path, matcher: Matcher
) -> None:
    text = OWN.replace(right, wrong, 1)
    (problem,) = problems(text, tmp_path, matcher)
    assert problem.startswith(f"{where('own.yaml', text, wrong)}: {message}")


def test_a_field_that_is_none_gets_the_nearest_guess(tmp_path: Path, matcher: Matcher) -> None:
    text = OWN.replace("  in_scope: false", "  in_scop: false")
    found = problems(text, tmp_path, matcher)
    assert f"{where('own.yaml', text, 'in_scop: false')}: others: “in_scop” is not a field here." in " ".join(found)
    assert any("Did you mean “in_scope”?" in problem for problem in found)


def test_every_slip_is_told_in_one_go(tmp_path: Path, matcher: Matcher) -> None:
    text = OWN.replace("citizen-space", "citizn-space").replace("toolkit]", "tolkit]").replace("others", "mine")
    assert len(problems(text, tmp_path, matcher)) == 3
