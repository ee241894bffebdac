"""How far a replica is behind, by what was seen of both databases."""

from collections import deque
from math import inf

_MOST = 1000
"""How many positions are noted. With one a second, a replica that is a quarter of an hour behind is simply behind."""


class Lag:
    """The positions of the primary, each with the time at which it was seen.

    No clock of another machine is asked, and no right is needed: a replica that has replayed the position that the primary had
    three seconds ago is at most three seconds behind. Neither a primary to which nobody writes nor a replica that the primary
    cannot reach deceives it.
    """

    def __init__(self) -> None:
        self._noted: deque[tuple[int, float]] = deque(maxlen=_MOST)

    def note(self, position: int, at: float) -> None:
        """Note where the primary is."""
        if not self._noted or position != self._noted[-1][0]:
            self._noted.append((position, at))

    def seconds(self, replayed: int, at: float) -> float:
        """Return for how long what is in the replica may be outdated.

        Args:
            replayed: the replica's position.
            at: the time now.

        Returns:
            Seconds; 0 if it has all that was noted, infinite if it has nothing of it.
        """
        seen = -inf
        while self._noted and self._noted[0][0] <= replayed:
            seen = self._noted[0][1]
            if len(self._noted) == 1:
                return 0
            if self._noted[1][0] > replayed:
                break
            self._noted.popleft()
        return at - seen
