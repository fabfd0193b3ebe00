"""Learning the weights of the ranking from judged requests, and saying honestly what that gains.

The points of a source are a sum of parts, each a weight times what the part earned. The weights are learnt by
non-negative ridge regression of the grades on the parts, request by request (both centred within the request, as
only differences within a list matter). What is reported comes from repeated cross-validation over requests.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt
from msgspec import structs

from coprod_match.arrays import Floats
from coprod_match.engine.answer import encode
from coprod_match.engine.encode import Encoded
from coprod_match.engine.index import Index
from coprod_match.engine.understand import Reader
from coprod_match.errors import DataError, Problem
from coprod_match.evaluation.chance import Chance, learn_chance
from coprod_match.evaluation.measures import USEFUL, Interval, interval, measure
from coprod_match.evaluation.rankings import SETTINGS
from coprod_match.files.ranges import allowed
from coprod_match.matcher import Matcher
from coprod_match.model.judgements import JudgedRequest, Judgements
from coprod_match.model.ranking import Ranking, Weights

PARTS: tuple[str, ...] = tuple(name for name in Weights.__struct_fields__ if name != "name")
"""The parts whose weights are learnt. Too few requests name a source for that weight to be learnt."""
FOLDS, REPEATS = 10, 3
REGULARISATION = 0.02
"""How much weights are drawn towards 0, for parts scaled to unit variance."""


@dataclass(frozen=True, slots=True)
class Case:
    """One judged request in one setting: what each part earns each source at weight 1, and the grades."""

    request: JudgedRequest
    parts: Floats
    """Shape (sources, parts)."""
    grades: Floats
    """Shape (sources,); NaN where not judged."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Learnt weights and what they are worth."""

    weights: Mapping[str, float]
    """Part → weight, with that of words 1."""
    now: Mapping[str, Interval]
    """Setting → nDCG@5 with the present weights."""
    learnt: Mapping[str, Interval]
    """Setting → nDCG@5 of requests whose judgements were not seen in learning."""
    gain: Mapping[str, Interval]
    """Setting → paired difference of the two."""
    sensitivity: Mapping[str, float]
    """Part → share of the top 5 places that change when its weight moves by 20 %, the mean of up and down."""
    chance: Chance
    """How the points of the learnt weights become a chance."""


def tune(matcher: Matcher, judgements: Judgements, progress: Callable[[int], object]) -> Proposal:
    """Learn weights. `progress` is told the number of folds done, of FOLDS · REPEATS.

    Raises DataError when the judgements teach nothing.
    """
    cases = {name: _cases(matcher, judgements.in_scope, name) for name in SETTINGS}
    every = [case for rows in cases.values() for case in rows]
    weights = _taught(every)
    chance = learn_chance(_shares(matcher, judgements.in_scope, weights))
    if round(chance.slope, 1) <= 0:  # as the file will have it
        raise _upside_down()
    present = np.array([getattr(matcher.ranking.weights, part).value for part in PARTS])
    ids = [*matcher.models.index.sources]
    now = {name: _ndcg(rows, [case.parts @ present for case in rows], ids) for name, rows in cases.items()}
    learnt = _cross_validated(cases, ids, progress)
    return Proposal(
        weights={part: float(value) for part, value in zip(PARTS, weights, strict=True)},
        now={name: interval(values) for name, values in now.items()},
        learnt={name: interval(values) for name, values in learnt.items()},
        gain={name: interval(learnt[name] - now[name]) for name in cases},
        sensitivity=_sensitivity(every, present),
        chance=chance,
    )


def _shares(matcher: Matcher, judged: Sequence[JudgedRequest], weights: Floats) -> list[list[tuple[float, bool]]]:
    """For each request, in all settings: the share of the points at stake of each of the first sources, and its use."""
    found: list[list[tuple[float, bool]]] = [[] for _ in judged]
    ids = [*matcher.models.index.sources]
    ranking = _with(matcher.ranking, dict(zip(PARTS, weights.tolist(), strict=True)))
    for setting in SETTINGS:
        asked = _encoded(matcher, judged, setting, ranking)
        for pairs, request, encoded, scores in zip(
            found, judged, asked, matcher.models.index.scores(asked), strict=True
        ):
            first = [(ids[position], scores[position]) for position in _top(scores)]
            grades = request.grades
            pairs += [(float(score) / encoded.stake, grades[id] >= USEFUL) for id, score in first if id in grades]
    return found


def _cases(matcher: Matcher, judged: Sequence[JudgedRequest], setting: str) -> list[Case]:
    """Every judged request, split into its parts."""
    ranking = _with(matcher.ranking, dict.fromkeys(PARTS, 1.0))
    index = matcher.models.index
    found = []
    for request, encoded in zip(judged, _encoded(matcher, judged, setting, ranking), strict=True):
        grades = np.array([request.grades.get(id, np.nan) for id in index.sources])
        found.append(Case(request, np.array([_part(index, encoded, part) for part in PARTS]).T, grades))
    return found


def _encoded(matcher: Matcher, judged: Sequence[JudgedRequest], setting: str, ranking: Ranking) -> list[Encoded]:
    """Judged requests, read without asking whether they are in scope: they are."""
    reader = Reader(matcher.taxonomy, ranking, structs.replace(matcher.models, scope=None))
    read = reader.read(SETTINGS[setting](request) for request in judged)
    return encode([*chain.from_iterable(read)], matcher.models.index, ranking)


def _with(ranking: Ranking, weights: Mapping[str, float]) -> Ranking:
    """The same settings with other weights."""
    changed = {part: structs.replace(getattr(ranking.weights, part), value=weight) for part, weight in weights.items()}
    return structs.replace(ranking, weights=structs.replace(ranking.weights, **changed))


def _part(index: Index, encoded: Encoded, part: str) -> Floats:
    """What one part of a request earns each source."""
    alone = structs.replace(
        encoded,
        points=encoded.points if part == "words" else np.zeros_like(encoded.points),
        concepts={feature: points for feature, points in encoded.concepts.items() if feature[0] == part},
        named={},
        meaning=encoded.meaning if part == "meaning" else 0.0,
    )
    (scores,) = index.scores([alone])
    return scores


def _taught(cases: Sequence[Case]) -> Floats:
    """The weights that all cases teach."""
    if all(len({*request.grades.values()}) < 2 for request in (case.request for case in cases)):
        message = "In each request all sources have the same grade, so nothing can be learnt."
        raise DataError([Problem("judgements", message, "Grade what is no use as well, with 0 or 1.")])
    weights = _learn(cases)
    if not weights.any():
        raise _upside_down()
    return weights


def _upside_down() -> DataError:
    message = "Sources that have more to do with a request are not graded higher, so nothing can be learnt."
    return DataError([Problem("judgements", message, "Check that 3 stands for the best and 0 for what is no use.")])


def _learn(cases: Sequence[Case]) -> Floats:
    """Weights from the judged sources of some cases, scaled so that that of words is 1.

    Where words are worth next to nothing, the largest is: others would be more than a weight can be.
    """
    from scipy.optimize import nnls

    rows, grades = [], []
    for case in (case for case in cases if case.request.grades):
        known = ~np.isnan(case.grades)
        rows.append(case.parts[known] - case.parts[known].mean(axis=0))
        grades.append(case.grades[known] - case.grades[known].mean())
    matrix, target = np.vstack(rows), np.concatenate(grades)
    spread = matrix.std(axis=0) + 1e-9
    ridge = np.sqrt(REGULARISATION * len(target)) * np.eye(len(PARTS))
    found, _ = nnls(np.vstack([matrix / spread, ridge]), np.concatenate([target, np.zeros(len(PARTS))]))
    weights = found / spread
    words, largest = weights[PARTS.index("words")], weights.max()
    scale = words if largest <= words * allowed("weights", "words").most else largest
    return np.asarray(weights / (scale or 1.0), dtype=np.float64)


def _cross_validated(
    cases: Mapping[str, Sequence[Case]], ids: Sequence[str], progress: Callable[[int], object]
) -> dict[str, Floats]:
    """nDCG@5 of each request under weights learnt without it, the mean over repeats."""
    count = len(next(iter(cases.values())))
    totals = {name: np.zeros(count) for name in cases}
    for number, (held_out, rest) in enumerate(_folds(count), start=1):
        weights = _learn([rows[position] for rows in cases.values() for position in rest])
        for name, rows in cases.items() if len(held_out) else ():
            held = [rows[position] for position in held_out]
            totals[name][held_out] += _ndcg(held, [case.parts @ weights for case in held], ids)
        progress(number)
    return {name: total / REPEATS for name, total in totals.items()}


def _folds(count: int) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Positions held out and positions learnt from; each position is held out once a repeat, a fold may be empty."""
    generator = np.random.default_rng(0)
    for _ in range(REPEATS):
        order = generator.permutation(count)
        for fold in range(FOLDS):
            held_out = order[fold::FOLDS]
            yield held_out, np.setdiff1d(order, held_out)


def _ndcg(cases: Sequence[Case], scores: Sequence[Floats], ids: Sequence[str]) -> Floats:
    rankings = [dict(zip(ids, row.tolist(), strict=True)) for row in scores]
    return np.asarray(measure(rankings, [case.request for case in cases])["nDCG@5"], dtype=np.float64)


def _sensitivity(cases: Sequence[Case], weights: Floats) -> dict[str, float]:
    def first(case: Case, weights: Floats) -> list[int]:
        return _top((case.parts @ weights).round(9))  # what is equal but for how it was added up is equal

    before = [first(case, weights) for case in cases]
    found = {}
    for position, part in enumerate(PARTS):
        changed = []
        for factor in (0.8, 1.2):
            moved = weights.copy()
            moved[position] *= factor
            changed += [len({*first(case, moved)} - {*top}) / 5 for case, top in zip(cases, before, strict=True)]
        found[part] = float(np.mean(changed))
    return found


def _top(scores: Floats) -> list[int]:
    """Positions of the first five."""
    return [int(position) for position in np.argsort(-scores, kind="stable")[:5]]
