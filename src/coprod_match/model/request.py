"""A request for help, as it was given."""

from msgspec import Struct, field


class Filters(Struct, frozen=True, kw_only=True, gc=False):
    """Hard conditions: entries that break one are left out. They never change a score."""

    free: bool = False
    """Only what costs nothing."""
    jurisdictions: tuple[str, ...] = ()
    """Only what belongs to one of these jurisdictions."""
    kinds: tuple[str, ...] = ()
    """Only these sorts of thing."""
    exclude_historic: bool = False
    """Leave out what has ended."""


class Request(Struct, frozen=True, kw_only=True, gc=False):
    """Who asks, where, and for what. Any part may be missing, but not all.

    Values may be ids, labels or everyday words of the taxonomy, in any spelling that can be recognised.
    """

    role: str | None = None
    """Who is asking, as in `council`."""
    needs: tuple[str, ...] = ()
    """What kinds of help, as in `toolkit`, `facilitation`."""
    themes: tuple[str, ...] = ()
    """What it is about, as in `rural`."""
    place: str | None = None
    """Where, as in `Fermanagh`."""
    text: str | None = None
    """The need in the asker's own words."""
    without: tuple[str, ...] = ()
    """Kinds of help and themes that are not meant, though the text may sound like them."""
    filters: Filters = field(default_factory=Filters)
    """Hard conditions."""
