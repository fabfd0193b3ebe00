"""Which requests came before, in as little memory for a million rows as for one."""

import sqlite3
from types import TracebackType
from typing import Self


class Seen:
    """Remembers the first row of each request by its key, in a temporary file that SQLite removes."""

    def __init__(self) -> None:
        self._rows = sqlite3.connect("")  # no name: a private file that is gone when it is closed
        self._rows.execute("CREATE TABLE first (key TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID")

    def first(self, key: str, number: int) -> int:
        """The number of the first row with that key: this one, if it is new."""
        if self._rows.execute("INSERT OR IGNORE INTO first VALUES (?, ?)", (key, number)).rowcount:
            return number
        found: int = self._rows.execute("SELECT number FROM first WHERE key = ?", (key,)).fetchone()[0]
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._rows.close()
