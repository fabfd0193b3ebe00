"""Any value that a person would give for a term is read kindly, and nothing is guessed silently."""

import pytest
from asking import steadily
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from coprod_match import Catalogue, Filters, Matcher, RequestError, Taxonomy, UnknownTermError
from coprod_match.engine.resolve import Labels, find_resource, find_scheme, resolve_filters
from coprod_match.engine.speech import listen
from coprod_match.model.taxonomy import SCHEMES


@pytest.fixture(scope="module")
def labels(taxonomy: Taxonomy) -> Labels:
    return Labels(taxonomy)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_term_is_reached_by_each_of_its_labels(scheme: str, labels: Labels, taxonomy: Taxonomy) -> None:
    for term in taxonomy.scheme(scheme):
        for label in term.labels:
            reading = labels.read(scheme, label)
            assert reading is not None, label
            assert (reading.term.id, reading.confidence) == (term.id, 1), label


@pytest.mark.parametrize("scheme", SCHEMES)
def test_capitals_and_spaces_around_a_label_do_not_matter(scheme: str, labels: Labels, taxonomy: Taxonomy) -> None:
    for term in taxonomy.scheme(scheme):
        for label in term.labels:
            assert labels.exact(scheme, f"  {label.upper()}\n") == term, label


@pytest.mark.parametrize(
    ("scheme", "value", "id"),
    [
        ("support_types", "toolkits", "toolkit"),
        ("support_types", "HANDBOOK", "guidance"),
        ("support_types", "case study", "case-studies"),
        ("support_types", "oba", "evaluation"),
        ("roles", "Councils", "council"),
        ("roles", "MLAs", "elected-member"),
        ("themes", "PB", "participatory-budgeting"),
        ("themes", "ppi", "health-social-care"),
        ("themes", "the usual suspects", "inclusion"),
        ("places", "N.I.", "northern-ireland"),
        ("places", "ABC", "armagh-city-banbridge-and-craigavon"),
        ("places", "londonderry", "derry-city-and-strabane"),
        ("places", "Fermanagh", "fermanagh-and-omagh"),
        ("jurisdictions", "Scottish", "scotland"),
        ("kinds", "toolkits", "toolkit"),
    ],
)
def test_acronyms_plurals_and_everyday_words_are_read(scheme: str, value: str, id: str, labels: Labels) -> None:
    assert labels.require("value", scheme, value).term.id == id


@pytest.mark.parametrize(
    ("scheme", "value", "id"),
    [
        ("support_types", "tolkit", "toolkit"),
        ("support_types", "guidence", "guidance"),
        ("roles", "concil", "council"),
        ("themes", "participatry budgting", "participatory-budgeting"),
        ("places", "Belfst", "belfast"),
    ],
)
def test_a_close_spelling_is_read_with_less_than_full_confidence(
    scheme: str, value: str, id: str, labels: Labels
) -> None:
    reading = labels.require("value", scheme, value)
    assert reading.term.id == id
    assert 0.5 < reading.confidence < 1


def test_a_misspelt_need_is_read_and_said(matcher: Matcher) -> None:
    read = [item for item in matcher.recommend(need="tolkit").understood if item.facet == "support_type"]
    assert [(item.term, item.label, item.source) for item in read] == [("toolkit", "Toolkit", "need: tolkit")]


@steadily
@given(data=st.data())
def test_a_dropped_letter_never_silently_becomes_another_term(
    data: st.DataObject, labels: Labels, taxonomy: Taxonomy
) -> None:
    scheme = data.draw(st.sampled_from(SCHEMES))
    term, label = data.draw(
        st.sampled_from([(term, label) for term in taxonomy.scheme(scheme) for label in term.labels])
    )
    slip = data.draw(st.integers(0, len(label) - 1))
    value = label[:slip] + label[slip + 1 :]
    reading = labels.read(scheme, value)
    # it is its own term, or it is refused, or what was written happens to be the very name of another term
    assert reading is None or reading.term == term or reading.term == labels.exact(scheme, value)


def test_a_value_as_near_to_two_terms_is_refused(labels: Labels, taxonomy: Taxonomy) -> None:
    south, west = taxonomy.place("southern-trust"), taxonomy.place("western-trust")
    two = replace(
        taxonomy,
        places=(replace(south, altLabel=("sandyford",)), replace(west, altLabel=("sandyfold",))),
    )
    with pytest.raises(UnknownTermError) as caught:
        Labels(two).require("place", "places", "sandyfoxd")
    assert set(caught.value.nearest) == {"southern-trust", "western-trust"}


@pytest.mark.parametrize("value", ["PX", "to", "xx", "N"])
def test_a_misspelt_acronym_is_too_short_to_guess(value: str, labels: Labels) -> None:
    assert labels.read("themes", value) is None
    assert labels.read("places", value) is None


def test_an_unclear_value_is_refused_with_the_nearest_terms(matcher: Matcher) -> None:
    with pytest.raises(UnknownTermError) as caught:
        matcher.recommend(role="resarch person")
    assert (caught.value.field, caught.value.value) == ("role", "resarch person")
    assert "researcher" in caught.value.nearest
    assert "“resarch person”" in str(caught.value)
    assert all(id in str(caught.value) for id in caught.value.nearest)


def test_a_value_like_nothing_is_refused_with_all_that_is_allowed(matcher: Matcher, taxonomy: Taxonomy) -> None:
    with pytest.raises(UnknownTermError) as caught:
        matcher.recommend(need="xylophone")
    assert caught.value.nearest == ()
    assert all(term.id in str(caught.value) for term in taxonomy.support_types)


@pytest.mark.parametrize("field", ["role", "need", "theme"])
@pytest.mark.parametrize("value", ["z" * 1_000_000, "بلفاست", "q\x00\x1b[31mq"])
def test_a_strange_value_is_one_short_clear_error(field: str, value: str, matcher: Matcher) -> None:
    asked = {"text": "help", field: value}
    with pytest.raises(RequestError) as caught:
        matcher.recommend(**asked)  # type: ignore[arg-type]
    assert len(str(caught.value)) < 1200
    assert str(caught.value).startswith(field)


def test_the_error_for_a_value_of_another_field_is_an_unknown_term(matcher: Matcher) -> None:
    with pytest.raises(UnknownTermError, match=r"^role: “toolkit”"):
        matcher.recommend(role="toolkit")


@pytest.mark.parametrize("place", ["South Wonston", "بلفاست", "z" * 1_000_000])
def test_a_place_that_nobody_knows_is_answered_for_the_widest_home_and_said(place: str, matcher: Matcher) -> None:
    (item,) = [item for item in matcher.recommend(need="toolkit", place=place).understood if item.facet == "place"]
    assert item.term == matcher.ranking.unknown_place
    assert item.source.endswith("not known to us")


@pytest.mark.parametrize("field", ["role", "need", "theme", "place"])
@pytest.mark.parametrize("value", ["", " ", "\t"])
def test_a_blank_value_counts_as_not_given(field: str, value: str, matcher: Matcher) -> None:
    given, not_given = matcher.recommend(text="toolkit", **{field: value}), matcher.recommend(text="toolkit")  # type: ignore[arg-type]
    assert given.recommendations == not_given.recommendations


def test_a_label_that_several_schemes_have_is_found_in_each(labels: Labels) -> None:
    assert {reading.scheme for reading in labels.anywhere("evaluation")} >= {"support_types", "themes"}


def test_a_value_of_no_scheme_is_refused_with_the_nearest_terms_of_any(labels: Labels) -> None:
    with pytest.raises(UnknownTermError) as caught:
        labels.anywhere("fermanog")
    assert "fermanagh-and-omagh" in caught.value.nearest


def test_labels_are_found_within_a_text_the_longest_first(labels: Labels) -> None:
    inside = list(labels.within("themes", listen("we want participatory budgeting and rural housing")))
    assert [mention.term.id for mention in inside] == ["participatory-budgeting", "rural", "housing"]


def test_the_conditions_of_a_request_may_be_given_in_everyday_words(labels: Labels) -> None:
    given_so = Filters(free=True, jurisdictions=("Scottish", "ni"), kinds=("toolkits",))
    assert resolve_filters(given_so, labels) == Filters(
        free=True, jurisdictions=("scotland", "northern-ireland"), kinds=("toolkit",)
    )


@pytest.mark.parametrize(
    ("filters", "field"), [(Filters(kinds=("xyzzy",)), "kind"), (Filters(jurisdictions=("xyzzy",)), "jurisdiction")]
)
def test_an_unknown_condition_is_refused(filters: Filters, field: str, matcher: Matcher) -> None:
    with pytest.raises(UnknownTermError, match=f"^{field}: “xyzzy”"):
        matcher.recommend(need="toolkit", filters=filters)


@pytest.mark.parametrize(
    "spelling",
    [
        "community-planning-toolkit",
        "Community Planning Toolkit",
        "community planning toolkits",
        "comunity-planing-toolkit",
    ],
)
def test_an_entry_is_found_by_its_id_or_name_in_any_close_spelling(spelling: str, catalogue: Catalogue) -> None:
    assert find_resource(catalogue, spelling).id == "community-planning-toolkit"


def test_every_entry_is_found_by_its_id(catalogue: Catalogue) -> None:
    assert all(find_resource(catalogue, resource.id) is resource for resource in catalogue.resources[::9])


def test_an_entry_that_is_not_there_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownTermError, match=r"^source: “xyzzy”"):
        find_resource(catalogue, "xyzzy")


@pytest.mark.parametrize(
    ("spelling", "scheme"), [("roles", "roles"), ("role", "roles"), ("support types", "support_types")]
)
def test_a_scheme_is_found_in_any_close_spelling(spelling: str, scheme: str) -> None:
    assert find_scheme(spelling) == scheme


def test_a_scheme_that_is_not_there_is_refused_with_all_that_are() -> None:
    with pytest.raises(UnknownTermError) as caught:
        find_scheme("xyzzy")
    assert all(scheme in str(caught.value) for scheme in SCHEMES)


@pytest.mark.parametrize(
    ("text", "scheme", "ids"),
    [
        ("checklists, please", "support_types", ["quick-guide"]),
        ("three masterclasses", "support_types", ["training"]),
        ("pupils' checklist", "themes", ["children-young-people"]),
        ("travel for Travellers and a Traveller", "themes", ["equality-rights", "equality-rights"]),
        ("development, developed, by developers", "themes", ["land-use-planning"]),
    ],
)
def test_a_label_is_heard_in_a_text_as_it_is_written_or_in_the_plural(
    text: str, scheme: str, ids: list[str], labels: Labels
) -> None:
    assert [mention.term.id for mention in labels.within(scheme, listen(text))] == ids
