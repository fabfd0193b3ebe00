"""The part of an address after its question mark: where the pages keep all that they know of a visitor."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

NEED = ("text", "role", "place", "need", "theme")
"""What says what is asked for. A request holds at least one of these."""
WITHOUT = "without"
"""A kind of help or a theme that the text was wrongly read as; may be repeated."""
_YES = ("1", "true", "on", "yes")

CONDITIONS = ("free", "exclude_historic", "jurisdiction", "kind", "sort", "top")
"""What narrows or lengthens an answer."""
KEEP = "keep"
"""The id of a source on the visitor's list; may be repeated."""
CHANGE = "change"
"""Which field of the form to open; gone with the next step."""


@dataclass(frozen=True, slots=True)
class Address:
    """Names and values in their order, blank values left out. Making a link never changes the address itself."""

    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Address":
        """What was sent, without blanks and repeats."""
        sent = ((name, value.strip()) for name, value in pairs)
        return cls(tuple(dict.fromkeys((name, value) for name, value in sent if value)))

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of that name."""
        return tuple(value for key, value in self.pairs if key == name)

    def one(self, name: str) -> str:
        """The last value of that name, or nothing."""
        return self.all(name)[-1] if self.all(name) else ""

    def has(self, *names: str) -> bool:
        """Whether any of these names has a value."""
        return any(key in names for key, _ in self.pairs)

    def ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return self.one(name).casefold() in _YES

    def only(self, *names: str) -> "Address":
        """Just what has one of these names."""
        return Address(tuple(pair for pair in self.pairs if pair[0] in names))

    def adding(self, name: str, value: str) -> "Address":
        """With one value more."""
        return Address.of([*self.pairs, (name, value)])

    def setting(self, name: str, *values: str) -> "Address":
        """With these values, and no others, of that name."""
        return Address.of([*self.without(name).pairs, *((name, value) for value in values)])

    def without(self, name: str, *values: str) -> "Address":
        """Without these values of that name; without all of them where none is named."""
        return Address(
            tuple((key, value) for key, value in self.pairs if key != name or (values and value not in values))
        )

    def to(self, path: str, fragment: str = "") -> str:
        """A link to a page, or a place in it, that takes all this along."""
        query = urlencode(self.pairs, quote_via=quote)
        return path + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")
