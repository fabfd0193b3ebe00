"""The version of the program, for those who need it at once; the package's metadata takes it from here."""

__version__ = "0.1.0"
