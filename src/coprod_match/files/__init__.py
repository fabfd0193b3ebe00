"""Reading the data files: the only part of the library below the doors that opens files."""
