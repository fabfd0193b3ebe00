"""What the tests see of a page: its words, its list and its links, as a browser would read them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx


@dataclass
class Seen:
    """One page, read."""

    status: int
    html: str
    text: str = ""
    title: str = ""
    results: list[str] = field(default_factory=list)
    """Ids of the sources of an answer, in their order."""
    links: dict[str, str] = field(default_factory=dict)
    """Addresses by the words of their links."""
    scripts: list[str | None] = field(default_factory=list)


def see(visitor: httpx.Client, path: str, **values: str | list[str]) -> Seen:
    """Open a page; `values` go into its address."""
    answer = visitor.get(path, params=values or None)
    seen = Seen(answer.status_code, answer.text)
    _Reader(seen).feed(answer.text)
    seen.text = " ".join(seen.text.split())
    return seen


class _Reader(HTMLParser):
    def __init__(self, seen: Seen) -> None:
        super().__init__(convert_charrefs=True)
        self._seen = seen
        self._open: list[str] = []
        self._link: str | None = None
        self._words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "li" and values.get("class") == "result":
            self._seen.results.append(values["id"] or "")
        if tag == "script":
            self._seen.scripts.append(values.get("src"))
        if tag == "a":
            self._link, self._words = values.get("href"), ""
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._link is not None:
            self._seen.links[" ".join(self._words.split())] = self._link
            self._link = None
        while self._open and self._open.pop() != tag:
            pass  # what is never closed, such as `meta`

    def handle_data(self, data: str) -> None:
        if "title" in self._open:
            self._seen.title += data
        self._seen.text += data
        self._words += data
