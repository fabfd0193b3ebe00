"""The address keeps all that the pages know."""

from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from coprod_match.web.pages.address import Address

NAMES = st.sampled_from(["text", "role", "need", "keep"])
PAIRS = st.lists(st.tuples(NAMES, st.text(st.characters(exclude_categories=["Cs"]), max_size=30)), max_size=6)


@given(PAIRS)
def test_a_link_brings_back_what_it_took_along(pairs: list[tuple[str, str]]) -> None:
    address = Address.of(pairs)
    assert Address.of(parse_qsl(urlsplit(address.to("/list", "top")).query)) == address


@given(PAIRS, NAMES, st.text("abc", min_size=1))
def test_what_is_added_can_be_taken_away_again(pairs: list[tuple[str, str]], name: str, value: str) -> None:
    address = Address.of(pairs).without(name, value)
    added = address.adding(name, value)
    assert value in added.all(name)
    assert added.without(name, value) == address


@given(PAIRS, NAMES)
def test_setting_a_value_replaces_all_of_its_name_and_nothing_else(pairs: list[tuple[str, str]], name: str) -> None:
    address = Address.of(pairs)
    changed = address.setting(name, "new")
    assert changed.all(name) == ("new",)
    assert changed.without(name) == address.without(name)


def test_blanks_and_repeats_are_left_out() -> None:
    address = Address.of([("role", " "), ("need", "toolkit"), ("need", " toolkit "), ("text", "")])
    assert address.to("/") == "/?need=toolkit"


def test_nothing_that_was_given_can_lead_to_another_site() -> None:
    link = Address.of([("text", "//evil.example/?a=b&c=d#e\r\n")]).to("/list")
    assert (urlsplit(link).netloc, urlsplit(link).path, urlsplit(link).fragment) == ("", "/list", "")
