"""How a source's area stands to the place of the person who asks."""

import pytest
from asking import variant

from coprod_match import Catalogue, Taxonomy
from coprod_match.engine.area import here_of, reach


@pytest.mark.parametrize(
    ("place", "areas", "jurisdictions", "expected"),
    [
        ("belfast", ["belfast"], ["northern-ireland"], "local"),
        ("belfast", ["mid-ulster", "belfast"], ["northern-ireland"], "local"),
        ("belfast", ["mid-ulster"], ["northern-ireland"], "other_area"),
        ("belfast", ["glasgow"], ["scotland"], "other_area"),
        ("belfast", [], ["northern-ireland"], "home"),
        ("belfast", [], ["scotland", "northern-ireland"], "home"),
        ("belfast", [], ["uk"], "wide"),
        ("belfast", [], ["international"], "wide"),
        ("belfast", [], ["scotland"], "away"),
        ("belfast", [], ["ireland"], "away"),
        ("northern-ireland", [], ["northern-ireland"], "home"),
        ("northern-ireland", ["belfast"], ["northern-ireland"], "within"),
        ("northern-ireland", ["glasgow"], ["scotland"], "other_area"),
        ("glasgow", [], ["scotland"], "home"),
        ("glasgow", [], ["northern-ireland"], "away"),
        ("south-dublin", [], ["ireland"], "home"),
        ("south-dublin", [], ["uk"], "away"),
        ("uk", [], ["uk"], "home"),
        ("uk", [], ["wales"], "within"),
        ("uk", ["belfast"], ["northern-ireland"], "within"),
        ("international", [], ["scotland"], "within"),
    ],
)
def test_a_source_stands_to_a_place_as_a_map_would_say(
    place: str, areas: list[str], jurisdictions: list[str], expected: str, taxonomy: Taxonomy, catalogue: Catalogue
) -> None:
    source = variant(catalogue.resources[0], "it", places=tuple(areas), jurisdictions=tuple(jurisdictions))
    assert reach(source, here_of(place, taxonomy)) == expected


@pytest.mark.parametrize(
    ("place", "area"), [("fermanagh-and-omagh", "western-trust"), ("western-trust", "derry-city-and-strabane")]
)
def test_a_health_trust_and_the_councils_on_its_ground_are_local_to_each_other(
    place: str, area: str, taxonomy: Taxonomy, catalogue: Catalogue
) -> None:
    assert reach(variant(catalogue.resources[0], "it", places=(area,)), here_of(place, taxonomy)) == "local"


def test_a_health_trust_that_covers_only_a_corner_of_a_council_is_another_area(
    taxonomy: Taxonomy, catalogue: Catalogue
) -> None:
    trust = variant(catalogue.resources[0], "it", places=("south-eastern-trust",))
    assert reach(trust, here_of("belfast", taxonomy)) == "other_area"


@pytest.mark.parametrize("place", ["belfast", "western-trust"])
def test_a_source_limited_to_the_nation_is_not_somebody_elses_for_a_place_in_it(
    place: str, taxonomy: Taxonomy, catalogue: Catalogue
) -> None:
    source = variant(catalogue.resources[0], "it", places=("northern-ireland",))
    assert reach(source, here_of(place, taxonomy)) in ("local", "home", "wide")


def test_every_source_stands_somehow_to_every_place(taxonomy: Taxonomy, catalogue: Catalogue) -> None:
    known = {"local", "home", "wide", "within", "away", "other_area"}
    for place in taxonomy.places:
        here = here_of(place.id, taxonomy)
        assert {reach(resource, here) for resource in catalogue.resources} <= known


def test_every_council_area_and_trust_has_a_source_of_its_own(taxonomy: Taxonomy, catalogue: Catalogue) -> None:
    for place in taxonomy.places:
        if place.broader == "northern-ireland":
            here = here_of(place.id, taxonomy)
            assert any(reach(resource, here) == "local" for resource in catalogue.resources), place.id


def test_a_place_that_does_not_exist_is_a_key_error(taxonomy: Taxonomy) -> None:
    with pytest.raises(KeyError):
        taxonomy.place("nowhere")
