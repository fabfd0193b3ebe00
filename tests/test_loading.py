"""The loaders: a good file becomes a value, a bad one a list of everything that is wrong with it, and where."""

from collections.abc import Callable
from pathlib import Path

import pytest
from small_data import CATALOGUE, RANKING, TAXONOMY, changed, where, write

from coprod_match import Catalogue, DataError, Matcher, Problem, Ranking, Taxonomy
from coprod_match.files.load import load_catalogue, load_ranking, load_taxonomy


@pytest.fixture(scope="module")
def terms(tmp_path_factory: pytest.TempPathFactory) -> Taxonomy:
    return load_taxonomy(write(tmp_path_factory.mktemp("terms"), "terms.yaml", TAXONOMY))


@pytest.fixture
def taxonomy_problems(tmp_path: Path) -> Callable[[str], tuple[Problem, ...]]:
    return lambda text: _problems(lambda: load_taxonomy(write(tmp_path, "t.yaml", text)))


@pytest.fixture
def catalogue_problems(tmp_path: Path, terms: Taxonomy) -> Callable[[str], tuple[Problem, ...]]:
    return lambda text: _problems(lambda: load_catalogue(write(tmp_path, "c.yaml", text), terms))


@pytest.fixture
def ranking_problems(tmp_path: Path, terms: Taxonomy) -> Callable[[str], tuple[Problem, ...]]:
    return lambda text: _problems(lambda: load_ranking(write(tmp_path, "r.yaml", text), terms))


Check = Callable[[str], tuple[Problem, ...]]


def _problems(load: Callable[[], Taxonomy | Catalogue | Ranking]) -> tuple[Problem, ...]:
    """The problems of a file that must be refused as a whole."""
    with pytest.raises(DataError) as caught:
        load()
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]
    return caught.value.problems


def at(problems: tuple[Problem, ...], place: str) -> str:
    """What is said about one place; it must be told exactly once."""
    (found,) = [problem for problem in problems if problem.where == place]
    return f"{found.message} {found.hint}"


class TestGoodFiles:
    def test_small_files_of_ones_own_answer_a_request(self, tmp_path: Path) -> None:
        files = {"taxonomy": TAXONOMY, "catalogue": CATALOGUE, "ranking": RANKING}
        paths = {name: write(tmp_path, f"{name}.yaml", text) for name, text in files.items()}
        result = Matcher.load(**paths).recommend(role="town hall", need="toolkits")
        assert result.recommendations[0].resource.id == "first-guide"
        assert result.catalogue_size == 2

    def test_a_field_with_a_default_may_be_left_out(self, tmp_path: Path, terms: Taxonomy) -> None:
        catalogue = load_catalogue(write(tmp_path, "c.yaml", CATALOGUE), terms)
        assert catalogue.resource("first-guide").year == 2019
        assert catalogue.resource("second-course").year is None

    def test_a_catalogue_without_entries_is_refused(self, tmp_path: Path, terms: Taxonomy) -> None:
        with pytest.raises(DataError, match=r"c\.yaml:1:12: The catalogue has no sources"):
            load_catalogue(write(tmp_path, "c.yaml", "resources: []\n"), terms)


class TestEveryProblemAtOnce:
    def test_of_the_shape_of_a_catalogue(self, catalogue_problems: Check) -> None:
        text = changed(
            CATALOGUE,
            ("provider:", "provder:"),
            ("year: 2019", "year: soon"),
            ("status: active", "status: activ"),
            ("roles: [council]", "roles: council"),
            ("name: Evening classes for planners", "name: 2024"),
            ("    confidence: low\n", ""),
        )
        found = catalogue_problems(text)
        assert len(found) == 7
        assert "“provider”" in at(found, where("c.yaml", text, "provder"))
        assert "“provider” is missing" in at(found, where("c.yaml", text, "id: first-guide"))
        assert "whole number" in at(found, where("c.yaml", text, "soon"))
        assert "'active'" in at(found, where("c.yaml", text, "activ"))
        assert "should be a list" in at(found, where("c.yaml", text, "council\n    themes"))
        assert "should be text" in at(found, where("c.yaml", text, "2024"))
        assert "“confidence” is missing" in at(found, where("c.yaml", text, "id: second-course"))

    def test_of_the_terms_of_a_catalogue(self, catalogue_problems: Check) -> None:
        text = changed(
            CATALOGUE,
            ("[toolkit]", "[tolkit]"),
            ("places: []", "places: [belfst]"),
            ("kind: publication", "kind: zzzz"),
            ("themes: [planning]", "themes: [co-production, plannin]"),
            ("https://example.org/second", "example.org"),
            ("id: second-course", "id: first-guide"),
        )
        found = catalogue_problems(text)
        assert len(found) == 6
        assert "“toolkit”" in at(found, where("c.yaml", text, "tolkit"))
        assert "“belfast”" in at(found, where("c.yaml", text, "belfst"))
        assert "publication" in at(found, where("c.yaml", text, "zzzz"))
        assert "“planning”" in at(found, where("c.yaml", text, "plannin]"))
        assert "https://" in at(found, where("c.yaml", text, "example.org\n"))
        second = where("c.yaml", text, "first-guide\n    name: Evening")
        assert where("c.yaml", text, "first-guide") in at(found, second)

    def test_of_grades(self, catalogue_problems: Check) -> None:
        grades = "grades: {roles: {concil: 3}, themes: {planning: 4}, support_types: [toolkit]}"
        text = changed(
            CATALOGUE, ("    cost: free\n    summary: It tells", f"    {grades}\n    cost: free\n    summary: It tells")
        )
        found = catalogue_problems(text)
        assert len(found) == 3
        assert "“council”" in at(found, where("c.yaml", text, "concil"))
        assert "1, 2 or 3" in at(found, where("c.yaml", text, "4}"))
        assert "group of fields" in at(found, where("c.yaml", text, "[toolkit]}"))

    def test_of_situations(self, taxonomy_problems: Check) -> None:
        said = 'situations:\n  - {text: "...", themes: [plannin]}\n  - {text: a kit, support_types: [tolkit]}\n'
        text = TAXONOMY + said
        found = taxonomy_problems(text)
        assert len(found) == 3
        assert "no text" in at(found, where("t.yaml", text, '"..."'))
        assert "“planning”" in at(found, where("t.yaml", text, "plannin]"))
        assert "“toolkit”" in at(found, where("t.yaml", text, "tolkit"))

    def test_of_shape_and_of_terms_together(self, catalogue_problems: Check) -> None:
        text = changed(CATALOGUE, ("provider:", "provder:"), ("[training]", "[trainin]"))
        places = {problem.where for problem in catalogue_problems(text)}
        assert {where("c.yaml", text, "provder"), where("c.yaml", text, "trainin]")} <= places

    def test_of_a_taxonomy(self, taxonomy_problems: Check) -> None:
        text = changed(
            TAXONOMY,
            ("sector: local-government", "sector: local-goverment"),
            ("id: toolkit, closeness: 0.5", "id: tolkit, closeness: 1.5"),
            ("prefLabel: Training", "prefLabel: TOOLKIT"),
            ("scopeNote: Doing it together.", "scopeNote: Doing it together., broader: planning"),
            ("broader: northern-ireland", "broader: north-ireland"),
            ("{id: free, prefLabel: Free", "{id: free, prefLabel: Zero, scopeNote: x}\n  - {id: free, prefLabel: Free"),
        )
        found = taxonomy_problems(text)
        assert len(found) == 8
        assert "“local-government”" in at(found, where("t.yaml", text, "local-goverment"))
        assert "“toolkit”" in at(found, where("t.yaml", text, "tolkit"))
        assert "between 0 and 1" in at(found, where("t.yaml", text, "1.5"))
        assert "“toolkit”" in at(found, where("t.yaml", text, "id: training"))
        assert "lead back to itself" in at(found, where("t.yaml", text, "planning}"))
        assert "lead back to itself" in at(found, where("t.yaml", text, "co-production}"))
        assert "“northern-ireland”" in at(found, where("t.yaml", text, "north-ireland"))
        assert "already taken" in at(found, where("t.yaml", text, "free, prefLabel: Free"))

    def test_of_a_ranking(self, ranking_problems: Check) -> None:
        text = changed(
            RANKING,
            ("home: northern-ireland", "home: nothern-ireland"),
            ("subject: [co-production]", "subject: [coproduction]"),
            ("  publication:", "  publicaton:"),
        )
        found = ranking_problems(text)
        assert "“northern-ireland”" in at(found, where("r.yaml", text, "nothern"))
        assert "“co-production”" in at(found, where("r.yaml", text, "coproduction]"))
        travel = " ".join(str(problem) for problem in found if "travel" in problem.message)
        assert "Did you mean “publication”?" in travel
        assert "“publication” is missing" in travel

    def test_of_the_shape_of_a_ranking(self, ranking_problems: Check) -> None:
        text = changed(
            RANKING,
            ("value: 0.45", "value: high"),
            (", reason: Best.", ""),
            ("standing:", "standng:"),
            ("{value: 0.6, reason: It can", "{vale: 0.6, reason: It can"),
        )
        found = ranking_problems(text)
        assert len(found) == 6
        assert "should be a number" in at(found, where("r.yaml", text, "high"))
        assert "“reason” is missing" in at(found, where("r.yaml", text, "{value: 1.0}"))
        assert "“value”" in at(found, where("r.yaml", text, "vale"))
        assert any("“standing”?" in problem.hint for problem in found)


class TestWrongValues:
    @pytest.mark.parametrize(
        ("right", "wrong", "said"),
        [
            ("status: active", "status: activ", "“status” should be 'active', 'historic' or 'unknown'; it is “activ”"),
            ("name: A first", "name: [A first]\n    x: A first", "“name” should be text; it is a list"),
            ("name: A first guide to working together", "name: 2024", "Put quotation marks around it"),
            ("name: A first guide to working together", "name: ''", "“name”"),
            ("id: first-guide", "id: ''", "“id”"),
            ("year: 2019", "year: yes", "“year”"),
            ("year: 2019", "year: 2019.5", "“year” should be a whole number"),
            ("last_reviewed: 2026-11-24", "last_reviewed: 2026", "should be a date such as 2026-11-24"),
            ("last_reviewed: 2026-11-24", "last_reviewed: 24/11/2026", "should be a date such as 2026-11-24"),
            ("last_reviewed: 2026-11-24", "last_reviewed: 2026-11-24 10:30:00", "should be a date such as 2026-11-24"),
            ("last_reviewed: 2026-11-24", "last_reviewed:", "should be a date such as 2026-11-24; it is empty"),
            ("roles: [council]", "roles: []", "“roles” is empty"),
            ("roles: [council]", "roles:", "“roles” should be a list"),
            ("- {url: https://example.org/first, note", "- {url: https://example.org/first, nte", "“note”?"),
            ("url: https://example.org/first\n", "url: javascript:alert(1)\n", "not a web address"),
            ("url: https://example.org/first\n", "url: 'http://[broken'\n", "not a web address"),
            ("url: https://example.org/first\n", "url: 'https://'\n", "not a web address"),
            ("{url: https://example.org/first", "{url: see the library", "not a web address"),
        ],
    )
    def test_a_wrong_value_in_a_catalogue_is_told_with_what_is_allowed(
        self, right: str, wrong: str, said: str, catalogue_problems: Check
    ) -> None:
        messages = [str(problem) for problem in catalogue_problems(changed(CATALOGUE, (right, wrong)))]
        assert any(said in message for message in messages), messages
        assert all("first-guide" in message or "“id”" in message for message in messages), messages

    def test_a_value_is_not_shown_as_python_would_write_it(self, catalogue_problems: Check) -> None:
        (problem,) = catalogue_problems(changed(CATALOGUE, ("name: A first guide to working together", "name: no")))
        assert "should be text" in problem.message
        assert "False" not in problem.message

    def test_a_very_long_value_is_cut_short_in_the_message(self, catalogue_problems: Check) -> None:
        (problem,) = catalogue_problems(changed(CATALOGUE, ("year: 2019", "year: " + "x" * 100_000)))
        assert len(str(problem)) < 300

    @pytest.mark.parametrize("closeness", ["-0.1", "1.01", ".nan", ".inf", "near"])
    def test_a_closeness_outside_0_to_1_is_refused(self, closeness: str, taxonomy_problems: Check) -> None:
        text = changed(TAXONOMY, ("closeness: 0.5", f"closeness: {closeness}"))
        (problem,) = taxonomy_problems(text)
        assert problem.where == where("t.yaml", text, closeness + "}")

    @pytest.mark.parametrize("closeness", ["0", "1", "0.0", "1.0"])
    def test_its_ends_are_allowed(self, closeness: str, tmp_path: Path) -> None:
        text = changed(TAXONOMY, ("closeness: 0.5", f"closeness: {closeness}"))
        (link,) = load_taxonomy(write(tmp_path, "t.yaml", text)).term("support_types", "training").related
        assert link.closeness == float(closeness)

    @pytest.mark.parametrize("value", [".nan", ".inf", "-.inf"])
    def test_a_setting_that_is_no_real_number_is_refused(self, value: str, ranking_problems: Check) -> None:
        text = changed(RANKING, ("words: {value: 1.0", f"words: {{value: {value}"))
        assert ranking_problems(text)[0].where == where("r.yaml", text, value)

    def test_a_term_that_is_its_own_broader_term_is_a_circle(self, taxonomy_problems: Check) -> None:
        text = changed(TAXONOMY, ("broader: co-production", "broader: planning"))
        assert "lead back to itself" in at(taxonomy_problems(text), where("t.yaml", text, "planning}"))

    def test_an_unknown_kind_of_sort_is_told_with_the_sorts_there_are(self, taxonomy_problems: Check) -> None:
        (problem,) = taxonomy_problems(changed(TAXONOMY, ("sort: learn", "sort: lern")))
        assert "'learn'" in problem.message

    @pytest.mark.parametrize("text", ["hello\n", "- a\n- b\n", "12\n"])
    def test_a_file_of_something_else_is_refused(
        self, text: str, taxonomy_problems: Check, catalogue_problems: Check, ranking_problems: Check
    ) -> None:
        for problems in (taxonomy_problems(text), catalogue_problems(text), ranking_problems(text)):
            assert "group of fields" in problems[0].message

    def test_a_scheme_that_is_left_out_is_missed(self, taxonomy_problems: Check) -> None:
        messages = " ".join(str(problem) for problem in taxonomy_problems("roles: []\n"))
        for scheme in ("sectors", "support_types", "themes", "places", "kinds", "costs", "jurisdictions"):
            assert f"“{scheme}” is missing" in messages

    def test_labels_that_differ_only_in_case_and_plural_are_shared(self, taxonomy_problems: Check) -> None:
        text = changed(TAXONOMY, ("prefLabel: Planning", "prefLabel: Planning, altLabel: [CO PRODUCTIONS]"))
        assert "“co-production”" in at(taxonomy_problems(text), where("t.yaml", text, "{id: planning"))

    def test_two_schemes_may_share_a_label(self, terms: Taxonomy) -> None:
        assert terms.has("places", "northern-ireland")
        assert terms.has("jurisdictions", "northern-ireland")
