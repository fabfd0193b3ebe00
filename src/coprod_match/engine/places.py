"""The places that a text names: where the asker is, where an example may come from, and what is left without them."""

import re
from collections.abc import Sequence, Set

from coprod_match.engine.resolve import Labels, Mention
from coprod_match.engine.speech import Speech, listen, without
from coprod_match.engine.wishes import refuses, wants_from_here
from coprod_match.model.taxonomy import Taxonomy

_POSTCODE = r"(?i)\b(BT\d{1,2})(\d[A-Z]{2})\b"  # as many write it, without its space; a string as in wishes.py


class Places:
    """Reads places, for a service whose home is one nation. Never changes."""

    def __init__(self, taxonomy: Taxonomy, labels: Labels, home: str) -> None:
        self._taxonomy, self._labels, self._home = taxonomy, labels, home

    def within(self, speech: Speech) -> list[Mention]:
        """The places that a text names, in order."""
        return list(self._labels.within("places", speech))

    def narrowest(self, value: str) -> Mention | None:
        """The narrowest place that a value holds beside other words: “BT48 7AA”, “near Omagh”.

        The last of several: “Derry Road, Omagh”.
        """
        mentions = self.within(listen(re.sub(_POSTCODE, r"\1 \2", value)))
        return max(mentions[::-1], key=lambda mention: len(self._taxonomy.around(mention.term.id)), default=None)

    def here(self, mentions: Sequence[Mention]) -> list[Mention]:
        """Where the asker is: the first place of the home nation that holds none of the others, if there is one.

        “The Western Trust in Northern Ireland” is the trust.
        """
        at_home = list(filter(self._is_home, mentions))
        wider = {id for mention in at_home for id in self._taxonomy.ancestors("places", mention.term.id)}
        return [mention for mention in at_home if mention.term.id not in wider][:1]

    def abroad(self, mentions: Sequence[Mention], speech: Speech, around: Set[str]) -> list[Mention]:
        """Places beyond the home nation that a text names: mostly people want an example from there.

        `around` are the asker's own place and those that hold it.
        """
        found = [
            mention
            for mention in mentions
            if mention.term.id not in around and not self._is_home(mention) and not refuses(speech, mention.start)
        ]
        return found if found and not wants_from_here(speech) else []

    def counted(self, mentions: Sequence[Mention], around: Set[str]) -> list[Mention]:
        """Places that say no more than what they count as: those `around` the asker, and nations by their own names.

        “Leeds” says more than “England”.
        """
        return [
            mention
            for mention in mentions
            if mention.term.id in around
            or (
                self._taxonomy.has("jurisdictions", mention.term.id)
                and mention.said.casefold() == mention.term.prefLabel.casefold()
            )
        ]

    def _is_home(self, mention: Mention) -> bool:
        return self._home in self._taxonomy.around(mention.term.id)


def less(speech: Speech, mentions: Sequence[Mention]) -> Speech:
    """A text without some of what it mentions."""
    positions = {position for mention in mentions for position in range(mention.start, mention.end)}
    return without(speech, positions) if positions else speech
