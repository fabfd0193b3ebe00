"""Errors as people meet them on a page: beside the form that they can put right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coprod_match.errors import RequestError, UnknownTermError
from coprod_match.model.taxonomy import Taxonomy
from coprod_match.printable import clean
from coprod_match.web.pages.address import NEED, Address
from coprod_match.web.pages.facts import Link
from coprod_match.web.pages.words import upfirst


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing to put right."""

    message: str
    field: str = ""
    """The id of the form's field; empty where the form has none."""
    guesses: tuple[Link, ...] = ()
    """What may have been meant, each with the address that says so."""


NOTHING_SAID = Trouble("Please fill in at least one of the boxes.", "text")
"""The form came back empty."""

_FIELDS = {
    "role": ("Who you are", ("roles",)),
    "need": ("Kind of help", ("support_types",)),
    "theme": ("What it is about", ("themes",)),
    "place": ("Where you are", ("places",)),
    "without": ("What your words do not mean", ("support_types", "themes")),
    "jurisdiction": ("Nation", ("jurisdictions",)),
    "kind": ("Kind of thing", ("kinds",)),
}
"""What each part of a request is called on the form, and the schemes of its terms."""


def trouble(error: RequestError, address: Address, taxonomy: Taxonomy) -> Trouble:
    """What the form says when a request cannot be answered as it was given."""
    if not isinstance(error, UnknownTermError) or error.field not in _FIELDS:
        return Trouble(upfirst(clean(str(error))), "text" if address.has("text") else "")
    name, schemes = _FIELDS[error.field]
    return Trouble(
        f"{name}: “{clean(error.value)}” is not one that we know.",
        error.field if error.field in NEED else "",
        tuple(_guesses(error, schemes, address, taxonomy)),
    )


def _guesses(error: UnknownTermError, schemes: Sequence[str], address: Address, taxonomy: Taxonomy) -> Iterator[Link]:
    wrong = [value for value in address.all(error.field) if value.startswith(error.value)]
    right = address.without(error.field, *wrong)
    for id in error.nearest:
        for scheme in (scheme for scheme in schemes if taxonomy.has(scheme, id)):
            yield Link(taxonomy.term(scheme, id).prefLabel, right.adding(error.field, id).to("/"))
