"""Matching a pandas frame."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from coprod_match.batch.columns import Columns, recognise
from coprod_match.batch.match import FIRST_ROW, OUTCOME_COLUMNS, ROW_NUMBER, PlainType, Row, match_rows, outcome_names
from coprod_match.errors import RequestError
from coprod_match.matcher import Matcher
from coprod_match.model.request import Filters

_DTYPES: dict[PlainType, str] = {"string": "string", "int64": "Int64", "double": "Float64"}


def match_frame(
    frame: pd.DataFrame,
    matcher: Matcher,
    *,
    columns: Columns | None = None,
    top: int = 5,
    filters: Filters | None = None,
) -> pd.DataFrame:
    """Each row with its recommendations, in long form: a row a recommendation, one for a row that has none.

    The columns of `frame` come first, as they are, then OUTCOME_COLUMNS, marked “(match)” where a name is taken. A
    column `row_number` of whole numbers tells the rows apart; without it they count from 2, as in a spreadsheet under
    its header. Without `columns` they are recognised by name. Raises RequestError when no column says what is needed.
    """
    names = [str(name) for name in frame.columns]
    if len(set(names)) < len(names):
        raise RequestError("Two columns of the frame have the same name. Rename one of them.")
    numbers = _numbers(frame)
    positions: list[int] = []
    records = []
    outcomes = match_rows(_rows(frame, names, numbers), columns or recognise(names), matcher, top=top, filters=filters)
    for position, outcome in enumerate(outcomes):
        for record in outcome.records():
            positions.append(position)
            records.append(record)
    added = {
        called: pd.array([record[name] for record in records], dtype=_DTYPES[OUTCOME_COLUMNS[name]])
        for name, called in outcome_names(name for name in names if name != ROW_NUMBER).items()
        if name != ROW_NUMBER or ROW_NUMBER not in names
    }
    kept = frame.iloc[positions].reset_index(drop=True)
    return pd.concat([kept, pd.DataFrame(added, index=kept.index)], axis="columns")


def _numbers(frame: pd.DataFrame) -> list[int]:
    if ROW_NUMBER not in frame.columns:
        return list(range(FIRST_ROW, FIRST_ROW + len(frame)))
    if not pd.api.types.is_integer_dtype(frame[ROW_NUMBER]) or frame[ROW_NUMBER].hasnans:
        raise RequestError(f"The column “{ROW_NUMBER}” must hold a whole number in every row.")
    return [int(number) for number in frame[ROW_NUMBER]]


def _rows(frame: pd.DataFrame, names: list[str], numbers: list[int]) -> Iterator[Row]:
    cells = frame.astype(object).where(frame.notna(), None)
    for number, values in zip(numbers, cells.itertuples(index=False, name=None), strict=True):
        yield Row(number, {name: _plain(value) for name, value in zip(names, values, strict=True)})


def _plain(value: object) -> object:
    """A cell as Python has it, not numpy."""
    return value.tolist() if isinstance(value, np.generic | np.ndarray) else value
