"""Text ranking alone, in one fixed configuration, on six public collections, beside BM25 with stemming (bm25s).

python benchmarks/text_collections.py FOLDER

FOLDER holds one sub-folder for each collection; benchmarks/README.md says where the files come from.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import bm25s
import ir_measures
import numpy as np
import Stemmer
from collections_reader import READERS, Collection
from rich.console import Console
from rich.table import Table
from scipy.sparse import csr_matrix

from coprod_match import Matcher
from coprod_match.arrays import Floats
from coprod_match.engine.counting import count_features
from coprod_match.engine.latent import fit_latent
from coprod_match.engine.speech import listen, telling
from coprod_match.engine.text_index import fit_text
from coprod_match.engine.vocabulary import Bags, Lexicon, together

DEPTH = 10

Ranker = Callable[[Sequence[str], Sequence[str]], Floats]
"""Documents and requests → scores of shape (requests, documents)."""


def bm25_scores(documents: Sequence[str], requests: Sequence[str]) -> Floats:
    """BM25 as bm25s comes, with its own stop words and Snowball stemming."""
    stemmer = Stemmer.Stemmer("english")
    index = bm25s.BM25()
    index.index(bm25s.tokenize(list(documents), stopwords="en", stemmer=stemmer, show_progress=False), False, False)
    asked = bm25s.tokenize(list(requests), stopwords="en", stemmer=stemmer, show_progress=False, return_ids=False)
    return np.array([index.get_scores(words) if words else np.zeros(len(documents)) for words in asked])


def word_scores(documents: Sequence[str], requests: Sequence[str]) -> Floats:
    """The engine's words and word pairs, with one field."""
    index, matrix = fit_text(count_features([documents]), [1.0])
    shares = list(index.shares(_bags(requests)))
    ends = np.cumsum([0, *(len(share.values) for share in shares)])
    values, columns = (np.concatenate(part) for part in zip(*((s.values, s.numbers) for s in shares), strict=True))
    asked = csr_matrix((values, columns, ends), shape=(len(requests), len(index.vocabulary)))
    return np.asarray((asked @ matrix.T).toarray(), dtype=np.float64)


def meaning_scores(documents: Sequence[str], requests: Sequence[str]) -> Floats:
    """The engine's latent topics: cosines of requests and documents."""
    model, places = fit_latent(count_features([documents]), range(len(documents)))
    return np.asarray(model.embed(_bags(requests)) @ places.T, dtype=np.float64)


def _bags(texts: Sequence[str]) -> Bags:
    lexicon = Lexicon({})
    return together([lexicon.bag(telling(listen(text).stems)) for text in texts])


def ndcg(collection: Collection, scores: Floats) -> float:
    """nDCG@10, ties broken by position."""
    ids = list(collection.documents)
    run = {}
    for request, row in zip(collection.requests, scores, strict=True):
        best = [int(position) for position in np.argsort(-row, kind="stable")[:DEPTH] if row[position] > 0]
        run[request] = {ids[position]: 1.0 / rank for rank, position in enumerate(best, start=1)} or {"(nothing)": 0.0}
    measure = ir_measures.nDCG @ DEPTH
    relevant = {request: dict(found) for request, found in collection.relevant.items()}
    return float(ir_measures.calc_aggregate([measure], relevant, run)[measure])


def compare(collection: Collection, meaning_weight: float) -> Mapping[str, float]:
    """Ranker → nDCG@10 on one collection."""
    documents, requests = list(collection.documents.values()), list(collection.requests.values())
    words = word_scores(documents, requests)
    scores = {
        "bm25s + stemming": bm25_scores(documents, requests),
        "coprod-match, words": words,
        "coprod-match, words + meaning": words + meaning_weight * meaning_scores(documents, requests),
    }
    return {name: ndcg(collection, values) for name, values in scores.items()}


def main(folder: Path) -> None:
    """Print a table of all collections and the mean."""
    meaning_weight = Matcher.load().ranking.weights.meaning.value
    found = {name: compare(read(folder / name), meaning_weight) for name, read in READERS.items()}
    table = Table("nDCG@10", *found, "mean", "least lead over bm25s")
    baseline = [figures["bm25s + stemming"] for figures in found.values()]
    for ranker in next(iter(found.values())):
        row = [figures[ranker] for figures in found.values()]
        lead = min(ours - theirs for ours, theirs in zip(row, baseline, strict=True))
        table.add_row(ranker, *(f"{value:.3f}" for value in [*row, float(np.mean(row))]), f"{lead:+.3f}")
    Console(width=140).print(table)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
