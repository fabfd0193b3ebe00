"""Words that tell nothing of a subject, so that what is quoted to people as a reason holds none of them."""

from collections import Counter
from collections.abc import Sequence

from coprod_match.engine.counting import soft_stop_stems
from coprod_match.engine.scope import Sides
from coprod_match.model.taxonomy import Taxonomy
from coprod_match.words import CONTRACTIONS, Hear, stems_of

_SPREAD = 0.5  # people use an everyday word for at least this share of the matters of others
_NO_MORE = 2.7  # and ask us in it less than so many times as often as they ask others; chosen by looking at the words
_SHORT = 2  # words of a label that is a name, such as “older people”, and no saying, such as “someone alongside us”


def empty_stems(taxonomy: Taxonomy, said: Sides, take_apart: Hear) -> frozenset[str]:
    """Stems of small words, of short forms, and of everyday words: people say these whatever they ask, and whom.

    `said` is what they say when they ask us, or others. Words of short labels always tell something.
    """
    matters = taxonomy.elsewhere
    by_us, by_others = _uses(said.ours, take_apart), _uses(said.others, take_apart)
    spread = Counter(stem for matter in matters for stem in _uses(matter.phrases, take_apart))
    bound = _NO_MORE * len(said.ours) / max(1, len(said.others))
    own = _of_labels(taxonomy, take_apart)
    everyday = {
        stem
        for stem, matters_of in spread.items()
        if matters_of >= _SPREAD * len(matters) and by_us[stem] < bound * by_others[stem] and stem not in own
    }
    return frozenset(everyday | soft_stop_stems() | {*stems_of(sorted(CONTRACTIONS))})


def _of_labels(taxonomy: Taxonomy, take_apart: Hear) -> set[str]:
    terms = (*taxonomy.roles, *taxonomy.support_types, *taxonomy.themes)
    labels = (take_apart(label).stems for term in terms for label in term.labels)
    return {stem for label in labels if len(label) <= _SHORT for stem in label}


def _uses(texts: Sequence[str], take_apart: Hear) -> Counter[str]:
    """How many of some texts use each stem."""
    return Counter(stem for text in texts for stem in {*take_apart(text).stems})
