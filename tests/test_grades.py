"""How near a source comes to a concept: by its tags, and by what assessors say who have not seen them."""

import pytest
from asking import variant
from msgspec.structs import replace

from coprod_match import Catalogue, Ranking, Resource, Taxonomy
from coprod_match.engine.encode import Feature
from coprod_match.engine.profiles import fit_profiles
from coprod_match.model.catalogue import Grades
from coprod_match.model.ranking import GradeShares

PLAIN = {"status": "active", "confidence": "high"}


@pytest.fixture
def entry(catalogue: Catalogue) -> Resource:
    return variant(
        catalogue.resources[0], "it", **PLAIN, support_types=("toolkit",), roles=("council",), themes=("rural",)
    )


def shared(ranking: Ranking, share: float) -> Ranking:
    """The settings with this share of grades in all facets."""
    names = GradeShares.__struct_fields__
    changed = {name: replace(getattr(ranking.grades, name), value=share) for name in names}
    return replace(ranking, grades=GradeShares(**changed))


def nearness(entry: Resource, concept: Feature, taxonomy: Taxonomy, ranking: Ranking) -> float:
    profiles = fit_profiles([entry], taxonomy, ranking)
    return float(profiles.near[profiles.rows[concept], 0])


@pytest.mark.parametrize(("grade", "expected"), [(3, 1.0), (2, 2 / 3), (1, 1 / 3)])
@pytest.mark.parametrize(
    ("concept", "scheme"),
    [(("support_type", "funding"), "support_types"), (("role", "business"), "roles"), (("theme", "ageing"), "themes")],
)
def test_a_source_is_near_to_what_it_is_graded_for_though_it_is_not_tagged_so(
    concept: Feature, scheme: str, grade: int, expected: float, entry: Resource, taxonomy: Taxonomy, ranking: Ranking
) -> None:
    graded = replace(entry, grades=replace(Grades(), **{scheme: {concept[1]: grade}}))
    assert nearness(graded, concept, taxonomy, shared(ranking, 1.0)) == pytest.approx(expected, abs=2**-12)
    assert nearness(graded, concept, taxonomy, shared(ranking, 0.5)) == pytest.approx(expected / 2, abs=2**-12)


def test_a_tag_without_a_grade_counts_less_where_the_source_is_graded(
    entry: Resource, taxonomy: Taxonomy, ranking: Ranking
) -> None:
    graded = replace(entry, grades=Grades(themes={"ageing": 1}))
    assert nearness(graded, ("theme", "rural"), taxonomy, shared(ranking, 0.25)) == 0.75


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_source_that_nobody_has_graded_goes_by_its_tags(
    share: float, entry: Resource, taxonomy: Taxonomy, ranking: Ranking
) -> None:
    ungraded = replace(entry, grades=Grades())
    assert nearness(ungraded, ("theme", "rural"), taxonomy, shared(ranking, share)) == 1.0


def test_sources_of_different_grades_have_profiles_of_their_own(
    entry: Resource, taxonomy: Taxonomy, ranking: Ranking
) -> None:
    other = replace(entry, id="other", grades=Grades(themes={"ageing": 1}))
    assert fit_profiles([replace(entry, grades=Grades()), other], taxonomy, ranking).of_entries.tolist() == [0, 1]


def test_every_source_of_the_bundled_catalogue_is_graded(catalogue: Catalogue) -> None:
    assert [entry.id for entry in catalogue.resources if entry.grades == Grades()] == []
