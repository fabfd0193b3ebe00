"""How much a data file may hold."""

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 20
"""How deep values may be nested."""
