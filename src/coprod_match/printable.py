"""Text that is safe to print, and to open in a spreadsheet."""

import re

_BEGINS_FORMULA = tuple("=+-@＝＋－＠")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


def clean(text: str) -> str:
    """Text without control characters, which could move the cursor or hide what stands before them."""
    return text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)


def acts_as_formula(text: str) -> bool:
    """Whether a spreadsheet could take a text for a formula."""
    bare = text.lstrip("'")  # quotation marks and spaces before a formula do not help, nor does a tab or a line break
    acts = bare.startswith(("\t", "\r")) or bare.lstrip().startswith(_BEGINS_FORMULA)
    return acts and _NUMBER.fullmatch(text) is None
