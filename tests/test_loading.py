"""The loaders: a good file becomes a value, a bad one a list of everything that is wrong with it, and where."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from small_data import CATALOGUE, RANKING, TAXONOMY, changed, where, write

from coprod_match import Catalogue, DataError, Matcher, Problem, Ranking, Result, Taxonomy
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


def with_value(setting: str, value: str) -> str:
    """The ranking with another value of a setting, given as in `slope: {value: 7.0`."""
    return changed(RANKING, (setting, f"{setting.rpartition(' ')[0]} {value}"))


def answered(folder: Path, ranking: str) -> Result:
    """The answer to one who names the first source, under other settings."""
    files = {"taxonomy": TAXONOMY, "catalogue": CATALOGUE, "ranking": ranking}
    paths = {name: write(folder, f"{name}.yaml", text) for name, text in files.items()}
    return Matcher.load(**paths, cache=folder).recommend(text="A first guide to working together")


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

    @pytest.mark.parametrize("grade", ["4", "0", "1.5", "true", "no", "'3'", "[3]", "99999999999999999999999999"])
    def test_what_is_no_grade_is_told_with_the_grades_there_are(self, grade: str, catalogue_problems: Check) -> None:
        text = changed(CATALOGUE, ("    cost: free", f"    grades: {{roles: {{council: {grade} }}}}\n    cost: free"))
        (problem,) = catalogue_problems(text)
        assert problem.where == where("c.yaml", text, f"{grade} }}")
        assert problem.message.startswith("first-guide: “council” should be 1, 2 or 3; it is ")

    @pytest.mark.parametrize("id", ["id: [first-guide]", "id: 7", "year: 2019"])
    def test_of_an_entry_without_an_id_that_could_be_named(self, id: str, catalogue_problems: Check) -> None:
        grades = "    grades: {roles: {concil: 7}}\n    cost: free"
        left_out = ("    year: 2019\n", "") if id == "year: 2019" else ("[council]", "[council]")
        text = changed(
            CATALOGUE, left_out, ("id: first-guide", id), ("[toolkit]", "[tolkit]"), ("    cost: free", grades)
        )
        messages = [problem.message for problem in catalogue_problems(text)]
        assert "“tolkit” is not a term of support_types." in messages
        assert "“concil” is not a term of roles." in messages
        assert "“concil” should be 1, 2 or 3; it is “7”." in messages

    def test_of_situations(self, taxonomy_problems: Check) -> None:
        said = 'situations:\n  - {text: "...", themes: [plannin]}\n  - {text: a kit, support_types: [tolkit]}\n'
        text = TAXONOMY + said
        found = taxonomy_problems(text)
        assert len(found) == 3
        assert "no text" in at(found, where("t.yaml", text, '"..."'))
        assert "“planning”" in at(found, where("t.yaml", text, "plannin]"))
        assert "“toolkit”" in at(found, where("t.yaml", text, "tolkit"))

    def test_of_what_roles_offer_and_of_whom_to_ask_instead(self, taxonomy_problems: Check) -> None:
        matter = 'elsewhere:\n  - {id: bins, prefLabel: Bins, scopeNote: Waste., ask: "..."}\n'
        text = changed(
            TAXONOMY, ("    sector: local-government", "    sector: local-government\n    offers: [trainin]")
        )
        found = taxonomy_problems(text + matter)
        assert len(found) == 2
        assert "“training”" in at(found, where("t.yaml", text, "trainin]"))
        assert "Say whom to ask" in at(found, where("t.yaml", text + matter, '"..."'))

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

    @pytest.mark.parametrize(
        "id",
        ["First Guide/../x?y#z", "First-guide", "first guide", "first_guide", "first--guide", "-first", "café", "a\\n"],
    )
    def test_an_id_is_lower_case_words_joined_by_hyphens(
        self, id: str, catalogue_problems: Check, taxonomy_problems: Check
    ) -> None:
        for problems, name, text, right in (
            (catalogue_problems, "c.yaml", CATALOGUE, "id: second-course"),
            (taxonomy_problems, "t.yaml", TAXONOMY, "id: toolkit"),
        ):
            wrong = changed(text, (right, f'id: "{id}"'))
            said = at(problems(wrong), where(name, wrong, f'"{id}"'))
            assert "An id is made of lower-case words (a to z, 0 to 9) joined by hyphens." in said

    def test_digits_may_be_part_of_an_id(self, tmp_path: Path, terms: Taxonomy) -> None:
        text = changed(CATALOGUE, ("id: first-guide", "id: 3-steps-2026"))
        assert "3-steps-2026" in load_catalogue(write(tmp_path, "c.yaml", text), terms)

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

    @pytest.mark.parametrize(
        ("setting", "wrong", "said"),
        [
            ("words: {value: 1.0", ".nan", "weights.words: nan is not a number from 0 to 10."),
            ("words: {value: 1.0", "-.inf", "weights.words: -inf is not a number from 0 to 10."),
            ("words: {value: 1.0", "-1", "weights.words: -1 is not a number from 0 to 10."),
            ("words: {value: 1.0", "10.01", "weights.words: 10.01 is not a number from 0 to 10."),
            # what YAML takes for text, but is a number nevertheless
            ("words: {value: 1.0", "'-1'", "weights.words: -1 is not a number from 0 to 10."),
            ("words: {value: 1.0", "'nan'", "weights.words: nan is not a number from 0 to 10."),
            ("words: {value: 1.0", "'inf'", "weights.words: inf is not a number from 0 to 10."),
            ("words: {value: 1.0", "-1e1", "weights.words: -10 is not a number from 0 to 10."),
            ("words: {value: 1.0", "10.0e400", "weights.words: inf is not a number from 0 to 10."),
            ("summary: {value: 1", "1.0e+308", "fields.summary: 1e+308 is not a number from 0 to 10."),
            ("narrower: {value: 0.8", "1.5", "closeness.narrower: 1.5 is not a number from 0 to 1."),
            ("role: {value: 0.5", "50", "grades.role: 50 is not a number from 0 to 1."),
            ("local: {value: 1.0", "1.0001", "reaches.local: 1.0001 is not a number from 0 to 1."),
            ("publication: {value: 0.6", "'-0.6'", "travel.publication: -0.6 is not a number from 0 to 1."),
            ("historic: {value: 0.85", "85", "standing.historic: 85 is not a number from 0 to 1."),
            ("words_at_best: {value: 0.45", "2", "chance.words_at_best: 2 is not a number from 0 to 1."),
            ("strong: {value: 0.6", "60", "chance.strong: 60 is not a number from 0 to 1."),
            ("in_scope: {value: 0.0", "-1.1", "chance.in_scope: -1.1 is not a number from -1 to 1."),
            ("same_sort: {value: 0.01", "-0.1", "rounding.same_sort: -0.1 is not a number from 0 to 1."),
            ("slope: {value: 7.0", "0", "chance.slope: 0 is not a number from 0.01 to 100."),
            ("slope: {value: 7.0", "101", "chance.slope: 101 is not a number from 0.01 to 100."),
            ("intercept: {value: -4.5", "-1000", "chance.intercept: -1000 is not a number from -100 to 100."),
            ("weak: {value: 0.1", "1", "chance.weak: 1 is not a number from 0 to 1, but not 1 itself."),
            ("weak: {value: 0.1", "10", "chance.weak: 10 is not a number from 0 to 1, but not 1 itself."),
        ],
    )
    def test_a_setting_that_would_make_no_sense_is_told_with_its_place_and_what_is_allowed(
        self, setting: str, wrong: str, said: str, ranking_problems: Check
    ) -> None:
        text = with_value(setting, f"{wrong} ")
        (problem,) = ranking_problems(text)
        assert problem.where == where("r.yaml", text, f"{wrong} ,")
        assert problem.message == said

    @pytest.mark.parametrize("word", ["true", "no"])
    def test_yes_and_no_are_no_numbers(
        self, word: str, ranking_problems: Check, taxonomy_problems: Check, catalogue_problems: Check
    ) -> None:
        for problems, text, right in (
            (ranking_problems, RANKING, "value: 0.85"),
            (taxonomy_problems, TAXONOMY, "closeness: 0.5"),
            (catalogue_problems, CATALOGUE, "year: 2019"),
        ):
            (problem,) = problems(changed(text, (right, f"{right.partition(' ')[0]} {word}")))
            assert "number; it is" in problem.message
            assert f"({'true' if word == 'true' else 'false'})" in problem.message

    @pytest.mark.parametrize(
        ("setting", "value"),
        [
            *(("words: {value: 1.0", end) for end in ("0", "10", "'0.5'", "1e0")),
            *(("weak: {value: 0.1", end) for end in ("0", "0.999999")),
            *(("slope: {value: 7.0", end) for end in ("0.01", "100")),
            *(("intercept: {value: -4.5", end) for end in ("-100", "100")),
            *(("in_scope: {value: 0.0", end) for end in ("-1", "1")),
            *(("historic: {value: 0.85", end) for end in ("0", "1")),
            *(("words_at_best: {value: 0.45", end) for end in ("0", "1")),
        ],
    )
    def test_the_ends_of_what_is_allowed_give_an_answer(self, setting: str, value: str, tmp_path: Path) -> None:
        assert answered(tmp_path, with_value(setting, value)).catalogue_size == 2

    def test_no_word_of_any_field_may_count(self, tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
        start, end = RANKING.index("fields:"), RANKING.index("closeness:")
        ranking = RANKING[:start] + RANKING[start:end].replace("value: 1", "value: 0") + RANKING[end:]
        assert answered(tmp_path, ranking).catalogue_size == 2
        assert [str(warning.message) for warning in recwarn] == []

    def test_a_source_that_is_named_is_found_where_nothing_else_counts(self, tmp_path: Path) -> None:
        weights = re.sub(r"(words|meaning|role|support_type|theme|place): {value: [0-9.]+", r"\1: {value: 0", RANKING)
        ranking = weights[: weights.index("fields:")] + RANKING[RANKING.index("fields:") :]
        (found,) = answered(tmp_path, ranking).recommendations
        assert (found.resource.id, found.score, found.chance) == ("first-guide", 0.5, 1)

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
