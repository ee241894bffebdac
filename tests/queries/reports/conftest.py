"""Claims of several articles that say the same, or the opposite."""

from tests.actions.matching.conftest import earlier, later, match

__all__ = ["earlier", "later", "match"]
