"""Who has spoken up to a place, and whom a pronoun behind that means for it."""

from bisect import bisect_left

from spacy.tokens import Token

from claims.extraction.speakers.entities import Entity
from claims.extraction.speakers.fitting import Event, is_quoted_in, may_be
from claims.extraction.speakers.following.sayings import Sayings
from claims.extraction.speakers.mentions import Mention


class Spoken:
    """The mentions of those who speak, in the order of the text.

    Args:
        said: what they say.
    """

    def __init__(self, said: Sayings) -> None:
        self._said = said
        self._events: list[Event] = []

    def add(self, event: Event) -> None:
        """Note that somebody speaks."""
        self._events.append(event)

    def last(self, place: int) -> Entity | None:
        """Return who spoke last before a place."""
        event = self._before(place)
        return event.entity if event is not None else None

    def _before(self, place: int) -> Event | None:
        end = bisect_left(self._events, place, key=lambda one: one.place)
        return self._events[end - 1] if end else None

    def going_on(self, mention: Mention, text: str) -> Entity | None:
        """Return who has just spoken, where "she" quotes words on another "she": "Ada said she won. “She flew,” she said"."""
        last = self._before(mention.place) if mention.gender else None
        if last is None or not may_be(last.entity, mention.pronoun):
            return None
        here = last.mention.passage, last.mention.sentence + 1
        near = here == (mention.passage, mention.sentence)
        said = self._said.words_of(mention) if near else ()
        return last.entity if is_quoted_in(text, said, mention.pronoun) else None

    def asked_of(self, mention: Mention) -> Token | None:
        """Return of whom another one asked right before "he" speaks: "Ada asked whether the mayor knew. He said no"."""
        last = self._before(mention.place) if mention.gender else None
        if last is None or may_be(last.entity, mention.pronoun) or not self._said.by(mention):
            return None
        near = last.mention.sentence == mention.sentence - 1
        return self._said.asked_of(last.mention) if near else None

    def speaks_of(self, mention: Mention, main: Entity | None, text: str) -> bool:
        """Return whether "she", of whom a new paragraph tells, is whom the woman quoted before spoke of, and not that woman.

        Args:
            mention: the pronoun.
            main: whom the article is about.
            text: the article.
        """
        last = self._before(mention.place) if mention.gender and mention.subject else None
        # "She campaigned for years, arguing" tells first what she did.
        speaks = any(mention.head.head in one.cue for one in self._said.by(mention))
        if last is None or main is None or main is last.entity or speaks:
            return False
        if last.mention.passage != mention.passage - 1 or not may_be(main, mention.pronoun):
            return False
        said = [span for one in self._said.by(last.mention) for span in one.content_spans()]
        return is_quoted_in(text, tuple(said), mention.pronoun)
