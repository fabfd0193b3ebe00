"""All that is learnt from the data files, and the same as plain arrays, to be kept and read back in no time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coprod_match.engine.concepts import ConceptModel, fit_concepts
from coprod_match.engine.index import Index, build_index
from coprod_match.engine.latent import LatentModel
from coprod_match.engine.linear import LinearModel
from coprod_match.engine.names import Names
from coprod_match.engine.scope import Scope, fit_scope
from coprod_match.engine.text_index import TextIndex
from coprod_match.model.catalogue import Catalogue
from coprod_match.model.ranking import Ranking
from coprod_match.model.taxonomy import Taxonomy

Arrays = Mapping[str, npt.NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Models:
    """What answering requests needs besides the data files."""

    index: Index
    support_types: ConceptModel
    themes: ConceptModel
    scope: Scope | None


def fit_models(catalogue: Catalogue, taxonomy: Taxonomy, ranking: Ranking) -> Models:
    """Learn everything anew; needs scikit-learn and takes seconds."""
    return Models(
        index=build_index(catalogue, taxonomy, ranking),
        support_types=fit_concepts(taxonomy.support_types),
        themes=fit_concepts(taxonomy.themes),
        scope=fit_scope(taxonomy, (question for resource in catalogue.resources for question in resource.questions)),
    )


def pack(models: Models) -> dict[str, npt.NDArray[np.generic]]:
    """The models as named arrays."""
    index = models.index
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "starts": index.starts,
        "entries": index.entries,
        "values": index.values,
        "topics": index.topics,
        "features": _from_words([f"{facet} {name}" for facet, name in index.columns]),
        "words": _from_words(list(index.text.vocabulary)),
        "word_weights": index.text.weights,
        "unseen": np.array([index.text.unseen]),
        "soft": _from_words(sorted(index.text.soft)),
        "latent_words": _from_words(list(index.latent.vocabulary)),
        "latent_topics": index.latent.topics,
    }
    arrays |= _pack_linear("support_types", models.support_types.model) | _pack_linear("themes", models.themes.model)
    if models.scope is not None:
        arrays |= _pack_linear("scope", models.scope.model) | _pack_linear("matters", models.scope.matters.model)
    return arrays


def unpack(arrays: Arrays, catalogue: Catalogue, taxonomy: Taxonomy) -> Models:
    """The models from the arrays that `pack` made of them. Raises KeyError or ValueError when they are not such."""
    soft = frozenset(_to_words(arrays["soft"]))
    features = [tuple(name.split(" ", 1)) for name in _to_words(arrays["features"])]
    index = Index(
        columns={feature: column for column, feature in enumerate(features)},  # type: ignore[misc]
        starts=arrays["starts"],  # type: ignore[arg-type]
        entries=arrays["entries"],  # type: ignore[arg-type]
        values=arrays["values"],  # type: ignore[arg-type]
        topics=arrays["topics"],  # type: ignore[arg-type]
        text=TextIndex(
            vocabulary=_numbered(arrays["words"]),
            weights=arrays["word_weights"],  # type: ignore[arg-type]
            unseen=float(arrays["unseen"][0]),
            soft=soft,
        ),
        latent=LatentModel(_numbered(arrays["latent_words"]), arrays["latent_topics"]),  # type: ignore[arg-type]
        names=Names(catalogue.resources, (nation.prefLabel for nation in taxonomy.jurisdictions)),
    )
    scope = None
    if taxonomy.elsewhere:
        matters = ConceptModel(taxonomy.elsewhere, _unpack_linear("matters", arrays), soft)
        scope = Scope(_unpack_linear("scope", arrays), matters, {term.id: term for term in taxonomy.elsewhere})
    return Models(
        index=index,
        support_types=ConceptModel(taxonomy.support_types, _unpack_linear("support_types", arrays), soft),
        themes=ConceptModel(taxonomy.themes, _unpack_linear("themes", arrays), soft),
        scope=scope,
    )


def _pack_linear(name: str, model: LinearModel) -> dict[str, npt.NDArray[np.generic]]:
    words = _from_words(list(model.vocabulary))
    return {f"{name}_words": words, f"{name}_idf": model.idf, f"{name}_weights": model.weights}


def _unpack_linear(name: str, arrays: Arrays) -> LinearModel:
    idf, weights = arrays[f"{name}_idf"], arrays[f"{name}_weights"]
    return LinearModel(_numbered(arrays[f"{name}_words"]), idf, weights)  # type: ignore[arg-type]


def _from_words(words: Sequence[str]) -> npt.NDArray[np.generic]:
    """Words, none of which holds a line break, as bytes."""
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def _to_words(array: npt.NDArray[np.generic]) -> list[str]:
    text = array.tobytes().decode()
    return text.split("\n") if text else []


def _numbered(array: npt.NDArray[np.generic]) -> dict[str, int]:
    return {word: number for number, word in enumerate(_to_words(array))}
