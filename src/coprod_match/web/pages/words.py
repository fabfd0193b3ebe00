"""Small helpers with which the templates put things in words."""

from urllib.parse import urlsplit


def upfirst(text: str) -> str:
    """The text with a capital at its start; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def site(url: str) -> str:
    """The part of an address that people know: `www.involve.org.uk`."""
    return urlsplit(url).netloc or url
