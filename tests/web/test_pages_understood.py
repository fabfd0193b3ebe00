"""What was understood can be taken back, part by part."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from coprod_match import Matcher, Result
from coprod_match.files.load import load_judgements
from coprod_match.web.pages.address import Address
from coprod_match.web.pages.asked import request_of
from coprod_match.web.pages.understood import Part, given, parts, taken_back


def ask(matcher: Matcher, address: Address) -> Result:
    return next(matcher.recommend_many([request_of(address, matcher.taxonomy)]))


def understood(matcher: Matcher, address: Address) -> list[Part]:
    return list(parts(ask(matcher, address), address))


def follow(link: str) -> Address:
    assert urlsplit(link).path == "/"
    return Address.of(parse_qsl(urlsplit(link).query))


def removals(matcher: Matcher, extra: str) -> Iterator[tuple[Part, Address]]:
    """Each part that can be removed from what people asked, with the address that is left."""
    for request in load_judgements(None, matcher.catalogue, matcher.taxonomy).in_scope[:40]:
        for part in understood(matcher, follow(Address.of([("text", request.text)]).to("/") + extra)):
            if part.remove:
                yield part, follow(part.remove)


def test_what_was_read_in_the_words_is_gone_once_it_is_removed(matcher: Matcher) -> None:
    checked = 0
    for part, rest in removals(matcher, ""):
        checked += 1
        assert (part.lead, part.label) not in {(left.lead, left.label) for left in understood(matcher, rest)}
    assert checked > 40


def test_what_was_given_is_at_most_read_in_the_words_once_it_is_removed(matcher: Matcher) -> None:
    checked = 0
    for part, rest in removals(matcher, "&role=council&need=training&theme=PB&place=Derry"):
        if not part.note:
            checked += 1
            assert (part.lead, part.label, "") not in {
                (left.lead, left.label, left.note) for left in understood(matcher, rest)
            }
    assert checked > 100


def test_what_was_removed_is_said_and_can_be_brought_back(matcher: Matcher) -> None:
    address = Address.of([("text", "how do we get our village hall back from the council"), ("keep", "scdc")])
    part = next(part for part in understood(matcher, address) if part.label == "Rural communities")
    assert part.remove is not None
    rest = follow(part.remove)
    (back,) = taken_back(ask(matcher, rest), rest)
    assert back.label == "Rural communities"
    assert follow(back.again) == address


def test_what_an_everyday_word_took_back_can_be_brought_back(matcher: Matcher) -> None:
    address = Address.of([("text", "our village hall"), ("without", "countryside")])
    (back,) = taken_back(ask(matcher, address), address)
    assert follow(back.again) == Address.of([("text", "our village hall")])


def test_what_was_given_outright_is_not_said_to_be_taken_back(matcher: Matcher) -> None:
    address = Address.of([("theme", "rural"), ("without", "rural"), ("text", "our village hall")])
    assert list(taken_back(ask(matcher, address), address)) == []


def test_an_everyday_word_for_a_term_can_be_removed(matcher: Matcher) -> None:
    address = Address.of([("theme", "PB"), ("role", "council")])
    part = next(part for part in understood(matcher, address) if part.label == "Participatory budgeting")
    assert part.remove == "/?role=council"


def test_the_last_thing_that_was_given_leads_back_to_the_empty_form(matcher: Matcher) -> None:
    address = Address.of([("need", "toolkit"), ("keep", "scdc")])
    part = next(part for part in understood(matcher, address) if part.label == "Toolkit")
    assert part.remove == "/?keep=scdc"


def test_what_was_taken_for_granted_can_be_changed_but_not_removed(matcher: Matcher) -> None:
    part = next(part for part in understood(matcher, Address.of([("need", "toolkit")])) if part.note == "assumed")
    assert part.remove is None
    assert follow(part.change).one("change") == "theme"


def test_the_form_shows_what_was_given_and_not_what_was_guessed(matcher: Matcher) -> None:
    address = Address.of([("need", "training courses"), ("text", "we want residents to decide on a small grants pot")])
    result = ask(matcher, address)
    assert given(result, "support_type") == {"training"}
    assert given(result, "role") == set()
