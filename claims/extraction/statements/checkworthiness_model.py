"""The learned part of check-worthiness: how likely a desk would check a statement, from its words and shape.

`claims/extraction/training/checkworthiness` fits it and writes `checkworthiness.npz`.
"""

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from claims.extraction.statements.checkworthiness_features import Numbers, buckets, shape

PATH = Path(__file__).with_name("checkworthiness.npz")

TextKind = Literal["article", "post", "foreign"]
"""Where a statement stands: in an article or speech, in a post on a social network, in a language not learned."""


@dataclass(frozen=True, slots=True)
class Model:
    """A linear model in logits, where 0 is as likely as not.

    Attributes:
        words: the weights of each bucket in an article and in a post, in a byte each.
        steps: for both, what one unit of `words` is worth.
        shapes: the weights of the shape, for each `TextKind`.
    """

    words: npt.NDArray[np.int8]
    steps: Numbers
    shapes: Numbers

    def logit(self, statement: str, text_kind: TextKind = "article") -> float:
        """Rate a statement.

        Args:
            statement: the claim in words that can be read on their own.
            text_kind: where it stands. In a foreign language only its shape counts.
        """
        number = ("article", "post", "foreign").index(text_kind)
        result = float(self.shapes[number] @ shape(statement))
        if text_kind == "foreign":
            return result
        places = buckets(statement)
        words = int(self.words[number][places].sum(dtype=int))
        share: float = words * float(self.steps[number]) / math.sqrt(max(len(places), 1))
        return result + share

    def save(self, path: Path) -> None:
        """Write the model to a file."""
        np.savez_compressed(path, words=self.words, steps=self.steps, shapes=self.shapes)


def read(path: Path) -> Model:
    """Read a model from a file that `Model.save` wrote."""
    with np.load(path) as data:
        return Model(data["words"], data["steps"], data["shapes"])


@cache
def model() -> Model:
    """Return the model that comes with the splitter."""
    return read(PATH)
