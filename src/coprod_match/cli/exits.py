"""The exit codes of the program, besides 0 for an answer."""

EXIT_DATA = 1
"""A data file, or some rows, cannot be used."""
EXIT_USAGE = 2
"""The request or the command cannot be used as it was given."""
EXIT_INTERRUPTED = 130
"""Stopped with Ctrl-C: what shells give for it."""
