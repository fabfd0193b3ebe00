"""Text that is safe to print."""


def clean(text: str) -> str:
    """Text without control characters, which could move the cursor or hide what stands before them."""
    return "".join(char if char.isprintable() else " " for char in text)
