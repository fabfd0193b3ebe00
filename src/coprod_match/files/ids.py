"""What an id looks like: it stands in addresses of pages, in commands and in other people's files."""

import re

WHAT_IDS_ARE = "An id is made of lower-case words (a to z, 0 to 9) joined by hyphens."
HOW_IDS_LOOK = "Write it as in “riverside-toolkit”."

_ID = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")


def is_id(text: str) -> bool:
    """Whether a text can be an id."""
    return _ID.fullmatch(text) is not None
