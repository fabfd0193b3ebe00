"""Text that is safe to print, and to open in a spreadsheet."""

import re

_ACTS_AS_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]|'*[\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


def clean(text: str) -> str:
    """Text without control characters, which could move the cursor or hide what stands before them."""
    return "".join(char if char.isprintable() else " " for char in text)


def acts_as_formula(text: str) -> bool:
    """Whether a spreadsheet could take a text for a formula."""
    return _ACTS_AS_FORMULA.match(text) is not None and _NUMBER.fullmatch(text) is None
