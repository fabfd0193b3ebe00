"""What was understood, part by part, each with links that take it away or change it."""

from collections.abc import Iterator
from dataclasses import dataclass

from coprod_match.model.result import ASKED_AS, Result, Understood
from coprod_match.render.wording import FACETS, how_read, worth_saying
from coprod_match.web.pages.address import CHANGE, WITHOUT, Address


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that we understood."""

    lead: str
    """How it is introduced: `you are`."""
    label: str
    note: str
    """How it was read; empty for what was given outright."""
    remove: str | None
    """The address of the page without it; None where it can only be changed."""
    change: str
    """The address of the page with the form open at its field."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """One thing that the text was not to be read as."""

    label: str
    again: str
    """The address of the page that reads it so again."""


def parts(result: Result, address: Address) -> Iterator[Part]:
    """The parts of a request as it was understood, in the order in which they are said."""
    for item in worth_saying(result):
        without = _without(item, address)
        yield Part(
            lead=FACETS[item.facet],
            label=item.label,
            note=how_read(item),
            remove=None if without is None else without.to("/"),
            change=address.setting(CHANGE, ASKED_AS[item.facet]).to("/"),
        )


def taken_back(result: Result, address: Address) -> Iterator[TakenBack]:
    """What the text was not to be read as. Where an everyday word said so, all of it is read again at once."""
    for term in result.not_meant:
        named = [term.id] if term.id in address.all(WITHOUT) else []
        yield TakenBack(term.prefLabel, address.without(WITHOUT, *named).to("/"))


def given(result: Result, facet: str) -> set[str]:
    """Ids of the terms that a request named outright, in any spelling."""
    return {item.term for item in result.understood if item.facet == facet and _is_given(item)}


def _without(item: Understood, address: Address) -> Address | None:
    """The address that does not mean `item`; None where none can say so."""
    if _is_given(item):
        rest = address.without(item.asked_as, item.said)
        return rest if rest.pairs != address.pairs else None
    if item.asked_as == "text" and item.facet in ("support_type", "theme"):
        return address.adding(WITHOUT, item.term)
    return None


def _is_given(item: Understood) -> bool:
    return bool(item.said) and item.asked_as != "text"
