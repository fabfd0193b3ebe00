"""From a request to the bytes of its answer, within a time limit."""

import asyncio
from collections import OrderedDict

import anyio
import msgspec
from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException

from coprod_match.engine.resolve import Labels
from coprod_match.matcher import Matcher
from coprod_match.model.request import Request
from coprod_match.render.data import result_to_dict

SECONDS = 10
"""How long an answer may take, with the wait for those before it."""
MOST_KEPT = 1000
"""How many answers are kept, of some ten kilobytes each."""


class Answers:
    """Answers of one matcher as JSON.

    Those to requests that consist of the taxonomy's own words are kept. No other is: it may hold personal data.
    """

    def __init__(self, matcher: Matcher, labels: Labels) -> None:
        self._matcher, self._labels = matcher, labels
        self._kept: OrderedDict[tuple[Request, int], bytes] = OrderedDict()
        self._turn = anyio.CapacityLimiter(1)  # answering is pure computing: two at once would only be slower

    async def json(self, request: Request, top: int) -> bytes:
        """The JSON of `recommend`. Raises as the matcher does, and HTTPException when it takes too long."""
        if (request, top) in self._kept:
            self._kept.move_to_end((request, top))
            return self._kept[request, top]
        try:
            async with asyncio.timeout(SECONDS):
                answer = await run_sync(self._answer, request, top, limiter=self._turn, abandon_on_cancel=True)
        except TimeoutError:
            raise HTTPException(503) from None
        if self._is_in_our_words(request):
            self._keep(request, top, answer)
        return answer

    def _keep(self, request: Request, top: int, answer: bytes) -> None:
        self._kept[request, top] = answer
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)  # what was asked for longest ago

    def _answer(self, request: Request, top: int) -> bytes:
        return msgspec.json.encode(result_to_dict(next(self._matcher.recommend_many([request], top=top))))

    def _is_in_our_words(self, request: Request) -> bool:
        given = [("roles", request.role), ("places", request.place)]
        given += [("support_types", need) for need in request.needs]
        given += [("themes", theme) for theme in request.themes]
        given += [("jurisdictions", nation) for nation in request.filters.jurisdictions]
        given += [("kinds", kind) for kind in request.filters.kinds]
        # what was not meant may be misspelt, and so hold anything
        return not (request.text or request.without) and all(
            not value or self._labels.exact(scheme, value) for scheme, value in given
        )
