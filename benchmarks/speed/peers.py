"""The rankers that ours is measured beside: the same texts, the same requests, ten entries each, by words alone.

All of them leave out the same 33 English stop words of requests, and all but two (`scikit-learn`, `rapidfuzz`) stem.
Each is used in the way its own manual shows, with what is quickest where there is a choice.
"""

import re
import sqlite3
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from coprod_match.words import STOP_WORDS

TOP = 10
_WORD = re.compile(r"[^\W_]+")


class Peer(ABC):
    """A ranker of texts."""

    threads: Sequence[int] = (1,)
    """The numbers of threads that it can be asked to use."""

    @abstractmethod
    def build(self, texts: Sequence[str]) -> None:
        """Index texts."""

    @abstractmethod
    def rank(self, requests: Sequence[str], threads: int) -> object:
        """The best texts for each request."""

    def index_bytes(self) -> int | None:
        """The size of the index where it lies in files; None where it is made of Python objects."""
        return None


class Bm25s(Peer):
    """bm25s, with its numpy or its numba backend."""

    def __init__(self, backend: str) -> None:
        import Stemmer

        self.threads = (1, 2) if backend == "numba" else (1,)
        self._backend, self._stemmer = backend, Stemmer.Stemmer("english")

    def build(self, texts: Sequence[str]) -> None:
        import bm25s

        self.index = bm25s.BM25(backend=self._backend)
        self.index.index(self._tokens(texts, return_ids=True), show_progress=False)

    def rank(self, requests: Sequence[str], threads: int) -> object:
        tokens = self._tokens(requests, return_ids=False)
        return self.index.retrieve(tokens, k=TOP, show_progress=False, n_threads=threads if threads > 1 else 0)

    def _tokens(self, texts: Sequence[str], *, return_ids: bool) -> Any:
        import bm25s

        return bm25s.tokenize(
            list(texts), stopwords="en", stemmer=self._stemmer, show_progress=False, return_ids=return_ids
        )


class Tantivy(Peer):
    """tantivy, a search engine written in Rust: an index on disk, read through the page cache."""

    def build(self, texts: Sequence[str]) -> None:
        import tantivy

        self._folder = tempfile.TemporaryDirectory()
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("text", tokenizer_name="en_stem", index_option="freq")
        self._index = tantivy.Index(schema.build(), path=self._folder.name)
        writer = self._index.writer(num_threads=1)
        for text in texts:
            writer.add_document(tantivy.Document(text=text))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def rank(self, requests: Sequence[str], threads: int) -> object:
        searcher = self._index.searcher()
        queries = (self._index.parse_query(" ".join(_words(text)), ["text"]) for text in requests)
        return [searcher.search(query, TOP, count=False).hits for query in queries]

    def index_bytes(self) -> int:
        return sum(file.stat().st_size for file in Path(self._folder.name).iterdir())


class Fts5(Peer):
    """SQLite's full-text search, in memory, with Porter's stemmer and without a copy of the texts."""

    def build(self, texts: Sequence[str]) -> None:
        self._base = sqlite3.connect(":memory:")
        self._base.execute("CREATE VIRTUAL TABLE entry USING fts5(text, content='', tokenize='porter unicode61')")
        self._base.executemany("INSERT INTO entry(rowid, text) VALUES (?, ?)", enumerate(texts))
        self._base.execute("INSERT INTO entry(entry) VALUES ('optimize')")

    def rank(self, requests: Sequence[str], threads: int) -> object:
        ask = f"SELECT rowid, rank FROM entry WHERE entry MATCH ? ORDER BY rank LIMIT {TOP}"  # noqa: S608
        either = (" OR ".join(f'"{word}"' for word in _words(text)) for text in requests)
        return [self._base.execute(ask, (query,)).fetchall() if query else [] for query in either]

    def index_bytes(self) -> int:
        pages, size = (self._base.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
        return int(pages * size)


class Cosine(Peer):
    """scikit-learn's TfidfVectorizer and the cosine, by a product of sparse matrices."""

    def build(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectorizer = TfidfVectorizer(stop_words=sorted(STOP_WORDS))
        self._columns = self._vectorizer.fit_transform(texts).T.tocsr()

    def rank(self, requests: Sequence[str], threads: int) -> object:
        batches = (requests[start : start + 100] for start in range(0, len(requests), 100))
        return np.vstack([self._best(batch) for batch in batches])

    def _best(self, requests: Sequence[str]) -> Any:
        scores = (self._vectorizer.transform(requests) @ self._columns).toarray()
        best = np.argpartition(-scores, TOP, axis=1)[:, :TOP]
        order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1)
        return np.take_along_axis(best, order, axis=1)


class Fuzzy(Peer):
    """rapidfuzz: likeness of spelling, with every text compared anew for each request; no index."""

    threads = (1, 2)

    def build(self, texts: Sequence[str]) -> None:
        from rapidfuzz.utils import default_process

        self._texts = [default_process(text) for text in texts]

    def rank(self, requests: Sequence[str], threads: int) -> object:
        from rapidfuzz import fuzz, process
        from rapidfuzz.utils import default_process

        asked = [default_process(text) for text in requests]
        scores = process.cdist(asked, self._texts, scorer=fuzz.token_set_ratio, workers=threads)
        return np.argsort(-scores, axis=1)[:, :TOP]


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if word not in STOP_WORDS]


PEERS: Mapping[str, Callable[[], Peer]] = {
    "bm25s, numba": lambda: Bm25s("numba"),
    "bm25s, numpy": lambda: Bm25s("numpy"),
    "tantivy": Tantivy,
    "SQLite FTS5": Fts5,
    "scikit-learn cosine": Cosine,
    "rapidfuzz cdist": Fuzzy,
}
"""Name → how to make it."""

LARGEST = {"rapidfuzz cdist": 1000}
"""The largest catalogue that a ranker is asked about, where more makes no sense."""
