"""What every page knows, and how it becomes HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from coprod_match.matcher import Matcher
from coprod_match.model.catalogue import Resource
from coprod_match.render.wording import SORTS
from coprod_match.web.pages import facts, mail
from coprod_match.web.pages.address import CHANGE, KEEP, Address
from coprod_match.web.pages.facts import Link
from coprod_match.web.pages.words import site, upfirst
from coprod_match.web.settings import Settings
from coprod_match.web.state import get_matcher, get_settings

_MOST_KEPT = 50  # more would make an address that some servers refuse


@dataclass(frozen=True, slots=True)
class Page:
    """The page that was asked for."""

    here: str
    """Its path."""
    base: str
    """The address of the whole site, without a slash at the end."""
    address: Address
    settings: Settings
    matcher: Matcher

    @property
    def kept(self) -> tuple[str, ...]:
        """Ids on the visitor's list that the catalogue holds."""
        return tuple(id for id in self.address.all(KEEP) if id in self.matcher.catalogue)[:_MOST_KEPT]

    @property
    def kept_only(self) -> Address:
        """An address that holds nothing but the visitor's list."""
        return Address(tuple((KEEP, id) for id in self.kept))

    def show(self, template: str, title: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """The page as HTML."""
        contact, taxonomy = self.settings.contact, self.matcher.taxonomy
        shared = {
            "title": title,
            "service": self.settings.name,
            "contact": mail.to(contact, f"About {self.settings.name}") if contact else None,
            "here": self.here,
            "address": self.address.without(CHANGE),
            "change": self.address.one(CHANGE),
            "kept": self.kept,
            "kept_only": self.kept_only,
            "report": self._report,
            "area": lambda resource: facts.area(resource, taxonomy),
            "cost": lambda resource: facts.cost(resource, taxonomy),
            "sort_of": lambda resource: facts.sort_of(resource, taxonomy),
            "errors": (),
        }
        return HTMLResponse(_templates().get_template(template).render(shared | values), status)

    def problem(self, status: int, title: str, message: str, guesses: Sequence[Link] = ()) -> HTMLResponse:
        """A page that says what is wrong and where to go instead."""
        return self.show("problem.html", title, status=status, message=message, guesses=guesses)

    def _report(self, resource: Resource) -> str | None:
        """A link to report a problem with an entry, where the operator wants to hear of them."""
        to = self.settings.report_address
        if not to:
            return None
        body = f"Entry: {resource.name}\n{self.base}/sources/{resource.id}\n\nWhat is wrong:\n"
        return mail.to(to, f"Problem with an entry: {resource.id}", body)


def get_page(
    request: Request,
    settings: Annotated[Settings, Depends(get_settings)],
    matcher: Annotated[Matcher, Depends(get_matcher)],
) -> Page:
    """The page that a request asks for."""
    address = Address.of(request.query_params.multi_items())
    return Page(request.url.path, str(request.base_url).rstrip("/"), address, settings, matcher)


CurrentPage = Annotated[Page, Depends(get_page)]
"""The page that was asked for, as a parameter of a handler."""


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("coprod_match.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    templates.filters |= {"day": facts.day, "site": site, "upfirst": upfirst}
    templates.globals |= {"sorts": SORTS, "statuses": facts.STATUSES, "certainty": facts.CERTAINTY}
    return templates
