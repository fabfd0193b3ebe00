"""What the curators promise of the data that comes with the package."""

import datetime
import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from coprod_match import Catalogue, Filters, Matcher, Request, Resource, Taxonomy
from coprod_match.files.bundled import bundled
from coprod_match.model.taxonomy import SCHEMES, Term
from coprod_match.words import stems_of, words

HERE = Path(__file__).parent
PROMISED_IDS = (HERE / "promised_ids.txt").read_text(encoding="utf-8").split()
"""The ids of the first 365 sources: other people's lists refer to them, so none may go or change."""

LATEST_REVIEW = datetime.date(2026, 12, 31)
"""No entry can have been reviewed after the day on which this test was last looked at."""

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def all_terms(taxonomy: Taxonomy) -> list[tuple[str, Term]]:
    return [(scheme, term) for scheme in SCHEMES for term in taxonomy.scheme(scheme)]


def without(entries: tuple[Resource, ...], *fields: str) -> list[str]:
    """Entries in which one of the text fields says nothing."""
    return [entry.id for entry in entries if not all(getattr(entry, field).strip() for field in fields)]


class TestSources:
    def test_there_are_at_least_365(self, catalogue: Catalogue) -> None:
        assert len(catalogue) >= 365

    def test_every_id_ever_promised_is_there(self, catalogue: Catalogue) -> None:
        assert [id for id in PROMISED_IDS if id not in catalogue] == []

    def test_no_id_stands_twice_in_the_file(self) -> None:
        ids = re.findall(r"^  - id: (\S+)$", bundled("resources.yaml").read_text(encoding="utf-8"), re.MULTILINE)
        assert len(ids) >= 365
        assert [id for id, count in Counter(ids).items() if count > 1] == []

    def test_every_id_is_lower_case_words_joined_by_hyphens(self, catalogue: Catalogue) -> None:
        assert [entry.id for entry in catalogue.resources if not ID.fullmatch(entry.id)] == []

    def test_every_entry_says_what_it_is_and_whose(self, catalogue: Catalogue) -> None:
        assert without(catalogue.resources, "name", "provider", "summary") == []

    def test_every_summary_is_a_few_whole_sentences(self, catalogue: Catalogue) -> None:
        entries = catalogue.resources
        assert [entry.id for entry in entries if not entry.summary.rstrip("”’\"')").endswith((".", "!", "?"))] == []
        assert [entry.id for entry in entries if not 60 <= len(entry.summary) <= 900] == []

    def test_no_two_entries_have_the_same_summary(self, catalogue: Catalogue) -> None:
        counts = Counter(entry.summary for entry in catalogue.resources)
        assert [summary for summary, count in counts.items() if count > 1] == []

    def test_every_entry_has_four_questions_or_more_each_different(self, catalogue: Catalogue) -> None:
        few = [e.id for e in catalogue.resources if len({question.casefold() for question in e.questions}) < 4]
        assert few == []

    def test_every_entry_has_words_to_search_by(self, catalogue: Catalogue) -> None:
        assert [entry.id for entry in catalogue.resources if not entry.terms] == []

    def test_every_entry_has_evidence_that_can_be_opened(self, catalogue: Catalogue) -> None:
        for entry in catalogue.resources:
            assert entry.evidence, entry.id
            for item in entry.evidence:
                assert re.match(r"https?://[^/\s]+\.\S+$", item.url), entry.id
                assert item.note.strip(), entry.id

    def test_every_address_can_be_opened(self, catalogue: Catalogue) -> None:
        assert [e.id for e in catalogue.resources if not re.match(r"https?://[^/\s]+\.\S+$", e.url)] == []

    def test_no_review_lies_in_the_future(self, catalogue: Catalogue) -> None:
        assert [entry.id for entry in catalogue.resources if entry.last_reviewed > LATEST_REVIEW] == []

    def test_no_source_began_in_the_future(self, catalogue: Catalogue) -> None:
        assert [e.id for e in catalogue.resources if e.year is not None and not 1800 <= e.year <= 2026] == []

    @pytest.mark.parametrize("field", ["support_types", "roles", "themes", "jurisdictions", "places", "terms"])
    def test_no_entry_carries_a_tag_twice(self, field: str, catalogue: Catalogue) -> None:
        tags = {entry.id: getattr(entry, field) for entry in catalogue.resources}
        assert [id for id, values in tags.items() if len(set(values)) < len(values)] == []

    def test_every_entry_for_a_place_belongs_to_the_nation_around_it(
        self, catalogue: Catalogue, taxonomy: Taxonomy
    ) -> None:
        for entry in catalogue.resources:
            for place in entry.places:
                around = {place, *taxonomy.ancestors("places", place)}
                assert around & set(entry.jurisdictions), f"{entry.id}: {place}"


class TestTerms:
    def test_every_id_is_lower_case_words_joined_by_hyphens(self, taxonomy: Taxonomy) -> None:
        assert [term.id for _, term in all_terms(taxonomy) if not ID.fullmatch(term.id)] == []

    def test_every_scope_note_is_one_sentence(self, taxonomy: Taxonomy) -> None:
        for _, term in all_terms(taxonomy):
            assert term.scopeNote.endswith("."), term.id
            assert not re.search(r"[.!?] [A-Z]", term.scopeNote), term.id

    def test_every_label_says_something(self, taxonomy: Taxonomy) -> None:
        assert [term.id for _, term in all_terms(taxonomy) if not all(label.strip() for label in term.labels)] == []

    def test_every_kind_of_help_and_every_theme_has_examples(self, taxonomy: Taxonomy) -> None:
        terms: list[Term] = [*taxonomy.support_types, *taxonomy.themes]
        assert [term.id for term in terms if not term.example] == []

    def test_every_role_kind_of_help_theme_and_place_has_other_names(self, taxonomy: Taxonomy) -> None:
        terms: list[Term] = [*taxonomy.roles, *taxonomy.support_types, *taxonomy.themes, *taxonomy.places]
        assert [term.id for term in terms if not term.altLabel] == []

    def test_every_kind_of_help_says_what_one_gets(self, taxonomy: Taxonomy) -> None:
        for term in taxonomy.support_types:
            assert term.gives.strip(), term.id
            assert not term.gives.endswith("."), term.id  # it completes a sentence
            assert term.gives[0].islower(), term.id

    def test_every_contact_of_a_place_is_a_source_that_still_runs(
        self, taxonomy: Taxonomy, catalogue: Catalogue
    ) -> None:
        contacts = {place.id: place.contact for place in taxonomy.places if place.contact is not None}
        assert contacts
        assert [place for place, contact in contacts.items() if contact not in catalogue] == []
        ended = [id for id in contacts.values() if catalogue.resource(id).status == "historic"]
        assert ended == []

    def test_every_place_in_northern_ireland_has_somebody_to_ask(self, taxonomy: Taxonomy) -> None:
        for place in taxonomy.places:
            around = (place.id, *taxonomy.ancestors("places", place.id))
            if "northern-ireland" in around:
                assert any(taxonomy.place(id).contact for id in around), place.id

    def test_the_eleven_councils_and_five_trusts_are_places_in_northern_ireland(self, taxonomy: Taxonomy) -> None:
        inside = {place.id for place in taxonomy.places if place.broader == "northern-ireland"}
        assert len([id for id in inside if id.endswith("-trust")]) == 5
        assert len([id for id in inside if not id.endswith("-trust")]) == 11

    def test_all_places_belong_to_one_tree(self, taxonomy: Taxonomy) -> None:
        for place in taxonomy.places:
            assert "international" in (place.id, *taxonomy.ancestors("places", place.id)), place.id

    def test_every_council_area_is_linked_with_its_trust(self, taxonomy: Taxonomy) -> None:
        for place in taxonomy.places:
            if place.broader == "northern-ireland" and not place.id.endswith("-trust"):
                assert any(link.id.endswith("-trust") for link in place.related), place.id


class TestLabels:
    """Every label of every term is read as that term, and without any doubt."""

    @pytest.mark.parametrize(
        ("scheme", "facet"),
        [("roles", "role"), ("support_types", "support_type"), ("themes", "theme"), ("places", "place")],
    )
    def test_as_part_of_a_request(self, scheme: str, facet: str, matcher: Matcher) -> None:
        asked = [(term, label) for term in matcher.taxonomy.scheme(scheme) for label in term.labels]
        requests = {
            "roles": lambda label: Request(role=label),
            "support_types": lambda label: Request(needs=(label,)),
            "themes": lambda label: Request(themes=(label,)),
            "places": lambda label: Request(place=label),
        }
        results = matcher.recommend_many([requests[scheme](label) for _, label in asked], top=1)
        for (term, label), result in zip(asked, results, strict=True):
            given = [item for item in result.understood if label in item.source and item.confidence == 1]
            assert [(item.facet, item.term) for item in given] == [(facet, term.id)], label

    def test_of_a_kind_as_a_condition(self, matcher: Matcher) -> None:
        for kind in matcher.taxonomy.kinds:
            for label in kind.labels:
                found = matcher.recommend(role="council", filters=Filters(kinds=(label,)), top=3).recommendations
                assert {entry.resource.kind for entry in found} <= {kind.id}, label

    def test_of_a_jurisdiction_as_a_condition(self, matcher: Matcher) -> None:
        for nation in matcher.taxonomy.jurisdictions:
            for label in nation.labels:
                filters = Filters(jurisdictions=(label,))
                found = matcher.recommend(role="council", filters=filters, top=3).recommendations
                assert all(nation.id in entry.resource.jurisdictions for entry in found), label


def test_every_setting_of_the_ranking_is_justified_in_a_sentence() -> None:
    settings = yaml.safe_load(bundled("ranking.yaml").read_text(encoding="utf-8"))
    groups = [group for group in settings.values() if isinstance(group, dict)]
    reasons = [setting["reason"] for group in groups for setting in group.values()]
    assert len(reasons) > 30
    assert [reason for reason in reasons if not (reason[0].isupper() and reason.endswith("."))] == []


def test_the_levels_of_confidence_stand_in_order() -> None:
    chance = yaml.safe_load(bundled("ranking.yaml").read_text(encoding="utf-8"))["chance"]
    levels = [0.0, *(chance[level]["value"] for level in ("weak", "fair", "strong")), 1.0]
    assert all(lower < higher for lower, higher in pairwise(levels))


class TestPlaces:
    def test_no_place_is_called_as_people_call_other_things(self, catalogue: Catalogue, taxonomy: Taxonomy) -> None:
        """Words are compared by their stems: Largs would be heard in “a large group”."""
        said = [text for entry in catalogue.resources for text in (entry.summary, *entry.questions)]
        said += [situation.text for situation in taxonomy.situations]
        said += [text for matter in taxonomy.elsewhere for text in matter.example]
        spoken = sorted({word for text in said for word in words(text)})
        by_stem: dict[str, set[str]] = defaultdict(set)
        for word, stem in zip(spoken, stems_of(spoken), strict=True):
            by_stem[stem].add(word)
        labels = sorted({label.casefold() for place in taxonomy.places for label in place.labels if label.isalpha()})
        own = [{label, label + "s", label.removesuffix("s")} for label in labels]
        others = [by_stem[stem] - mine for stem, mine in zip(stems_of(labels), own, strict=True)]
        assert {label: heard for label, heard in zip(labels, others, strict=True) if heard} == {}
