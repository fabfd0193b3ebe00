"""Links that open a message in the visitor's own mail program."""

from urllib.parse import quote

_LONGEST = 1800  # letters of a link that every mail program takes


def to(address: str, subject: str, body: str = "") -> str:
    """A mailto link; `address` may be empty, then the visitor fills it in."""
    link = f"mailto:{quote(address, safe='@')}?subject={quote(subject)}"
    return link + (f"&body={quote(body.replace(chr(10), chr(13) + chr(10)))}" if body else "")


def with_body(subject: str, body: str, short: str) -> str:
    """A mailto link without an addressee: with `body`, or with `short` where that would be too long to be taken."""
    whole = to("", subject, body)
    return whole if len(whole) <= _LONGEST else to("", subject, short)
