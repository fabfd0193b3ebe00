"""Frozen values: what goes in, what comes out, and what the data files hold. No input or output here."""

STRICT: dict[str, object] = {"extra": "forbid", "use_attribute_docstrings": True}
"""How pydantic reads the dataclasses that data files are made of: no unknown field, docstrings as descriptions."""
