"""What each idea is worth on the judged requests: one at a time, against the product as it is.

python benchmarks/ablation.py

The weights of the parts are learnt anew for each idea, and every request is ranked with weights that were learnt
without it (as `coprod-match tune` does). The intervals are of the paired differences, by bootstrap over requests.
"""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from unittest.mock import patch

import numpy as np
from ideas import IDEAS, Idea
from rich.console import Console
from rich.table import Table

from coprod_match import Matcher
from coprod_match.arrays import Floats
from coprod_match.evaluation import tune
from coprod_match.evaluation.measures import Interval, interval
from coprod_match.evaluation.rankings import SETTINGS
from coprod_match.files.load import load_judgements
from coprod_match.model.judgements import JudgedRequest


def measured(matcher: Matcher, judged: Sequence[JudgedRequest], idea: Idea) -> Mapping[str, Floats]:
    """Setting → nDCG@5 of each request, cross-validated, with one idea in place."""
    with idea.changed():
        ranking = idea.ranking(matcher.ranking)
        tried = idea.matcher(Matcher(matcher.catalogue, matcher.taxonomy, ranking))
        cases = {name: [_changed(case, tried, idea) for case in tune._cases(tried, judged, name)] for name in SETTINGS}
    parts = (*tune.PARTS, "extra") if idea.extra else tune.PARTS
    with patch.object(tune, "PARTS", parts) if idea.extra else nullcontext():
        return tune._cross_validated(cases, [*matcher.models.index.sources], lambda _: None)


def _changed(case: tune.Case, matcher: Matcher, idea: Idea) -> tune.Case:
    columns = list(case.parts.T)
    for part, column in (idea.instead or {}).items():
        columns[tune.PARTS.index(part)] = column(matcher, case)
    if idea.extra:
        columns.append(idea.extra(matcher, case))
    return replace(case, parts=np.array(columns).T)


def main() -> None:
    """Print a table of all ideas."""
    matcher = Matcher.load()
    judged = load_judgements(None, matcher.catalogue, matcher.taxonomy).in_scope
    product = measured(matcher, judged, Idea())
    table = Table("idea", *(f"{name}{column}" for name in SETTINGS for column in (", nDCG@5", ", difference")))
    table.add_row("the product as it is", *(cell for name in SETTINGS for cell in (f"{product[name].mean():.3f}", "")))
    for name, idea in IDEAS.items():
        found = measured(matcher, judged, idea)
        cells = ((f"{found[one].mean():.3f}", _said(interval(found[one] - product[one]))) for one in SETTINGS)
        table.add_row(name, *(cell for pair in cells for cell in pair))
    Console(width=160).print(table)


def _said(found: Interval) -> str:
    return f"{found.mean:+.3f} ({found.low:+.3f} to {found.high:+.3f})"


if __name__ == "__main__":
    main()
