"""All that is learnt from the data files."""

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from coprod_match.engine.concepts import ConceptModel, fit_concepts
from coprod_match.engine.everyday import empty_stems
from coprod_match.engine.index import Index, build_index, spread_out
from coprod_match.engine.resolve import Folded, fold_labels
from coprod_match.engine.scope import Scope, fit_scope, sides_of
from coprod_match.engine.spelling import Spelling, learn_spelling, texts_of
from coprod_match.engine.vocabulary import Lexicon, lexicon_of
from coprod_match.model.catalogue import Catalogue
from coprod_match.model.ranking import Ranking
from coprod_match.model.taxonomy import Taxonomy
from coprod_match.uncollected import uncollected
from coprod_match.words import hear

_ENOUGH = 1_000  # entries from whose questions scope, and which stems tell nothing, are learnt


class Models(Struct, frozen=True, eq=False):
    """What answering requests needs besides the data files."""

    index: Index
    labels: Mapping[str, Folded]
    support_types: ConceptModel
    themes: ConceptModel
    scope: Scope | None
    spelling: Spelling
    lexicon: Lexicon
    empty_stems: frozenset[str]
    """Stems that tell people nothing of a subject."""


@uncollected()
def fit_models(catalogue: Catalogue, taxonomy: Taxonomy, ranking: Ranking) -> Models:
    """Learn everything anew; needs scikit-learn and takes seconds."""
    situations, once = taxonomy.situations, cache(hear)
    some = spread_out(catalogue.resources, _ENOUGH)
    said = sides_of(taxonomy, (question for at in some for question in catalogue.resources[at].questions))
    index, used = build_index(catalogue, taxonomy, ranking)
    return Models(
        index=index,
        labels=fold_labels(taxonomy),
        support_types=fit_concepts(
            taxonomy.support_types, [(case.text, case.support_types) for case in situations], take_apart=once
        ),
        themes=fit_concepts(taxonomy.themes, [(case.text, case.themes) for case in situations], take_apart=once),
        scope=fit_scope(taxonomy, said, once),
        spelling=learn_spelling(taxonomy, once),
        lexicon=lexicon_of(sorted({*used, *(stem for text in texts_of(taxonomy) for stem in once(text).stems)})),
        empty_stems=empty_stems(taxonomy, said, once),
    )
