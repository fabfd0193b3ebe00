"""What the form offers, and what is chosen in it."""

from collections.abc import Set
from dataclasses import dataclass, field

from coprod_match.model.result import Result
from coprod_match.model.taxonomy import Taxonomy, Term
from coprod_match.web.pages.address import Address
from coprod_match.web.pages.understood import given


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form, filled in."""

    groups: tuple[tuple[str, tuple[Term, ...]], ...]
    """Who can ask, by sector."""
    needs: tuple[Term, ...]
    themes: tuple[Term, ...]
    places: tuple[str, ...]
    """Names of places that can be picked; any other may be typed."""
    not_meant: tuple[Term, ...] = ()
    """What the text was not to be read as."""
    text: str = ""
    place: str = ""
    chosen_role: str = ""
    chosen_needs: Set[str] = field(default_factory=frozenset)
    chosen_themes: Set[str] = field(default_factory=frozenset)
    ticked: Set[str] = field(default_factory=frozenset)
    """The names of the conditions that hold."""


def form_of(address: Address, taxonomy: Taxonomy, result: Result | None) -> Form:
    """The form as an address fills it in: by what was understood of it, if it was, else by ids."""
    roles, needs, themes = set(address.all("role")), set(address.all("need")), set(address.all("theme"))
    if result is not None:
        roles, needs, themes = (given(result, facet) for facet in ("role", "support_type", "theme"))
    place = address.one("place")
    return Form(
        groups=_groups(taxonomy),
        needs=taxonomy.support_types,
        themes=taxonomy.themes,
        places=tuple(term.prefLabel for term in taxonomy.places),
        not_meant=() if result is None else result.not_meant,
        text=address.one("text"),
        place=taxonomy.place(place).prefLabel if taxonomy.has("places", place) else place,
        chosen_role=min(roles, default=""),
        chosen_needs=needs,
        chosen_themes=themes,
        ticked={name for name in ("free", "exclude_historic") if address.ticked(name)},
    )


def _groups(taxonomy: Taxonomy) -> tuple[tuple[str, tuple[Term, ...]], ...]:
    roles = {
        sector.id: tuple(role for role in taxonomy.roles if role.sector == sector.id) for sector in taxonomy.sectors
    }
    return tuple((sector.prefLabel, roles[sector.id]) for sector in taxonomy.sectors if roles[sector.id])
