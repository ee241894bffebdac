"""What a later statement says of an earlier one."""

from claims.matching.relations.judging import judge
from claims.matching.relations.types import Understood
from claims.matching.relations.understanding import understand

__all__ = ["Understood", "judge", "understand"]
