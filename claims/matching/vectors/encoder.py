"""Turn texts into vectors with the sentence encoder."""

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from claims.errors import WeightsMissingError
from claims.matching.addresses import without_addresses
from claims.matching.topics import without_topic
from claims.networks.running import Network, session, word_pieces

Vectors = npt.NDArray[np.int8]
"""A row for each text."""

SIZE = 384
"""How many numbers a vector has."""

SCALE = 400.0
"""What the numbers of a vector of length 1 are multiplied by: the largest of ten thousand claims is 0.27, so that almost
none is cut off at 127."""

PIECES = 256
"""How many word pieces of a text are read: the network was not fitted to more."""

WEIGHTS = Path(__file__).parents[1] / "weights" / "sentences.onnx"


def encode(texts: Sequence[str]) -> Vectors:
    """Return the texts' vectors.

    They are read one at a time: that is faster than several with padding, and a vector then does not depend on
    other texts, because the network rounds numbers by the largest ones of a call.

    Args:
        texts: claims, or other texts of a sentence or two. Web addresses, the topic before a statement, and what a text
            has beyond `PIECES`, are not read.

    Returns:
        [texts, `SIZE`]. A row of zeros for a text without words, which is close to nothing.

    Raises:
        WeightsMissingError: the encoder has no weights.
    """
    vectors = np.zeros((len(texts), SIZE), np.int8)
    read = [without_addresses(without_topic(text)) for text in texts]
    for row, pieces in enumerate(word_pieces().encode_batch(read)):
        if len(pieces.ids) > 2:
            vectors[row] = _vector([*pieces.ids[: PIECES - 1], pieces.ids[-1]])
    return vectors


def _vector(pieces: list[int]) -> Vectors:
    tokens = np.array([pieces], np.int64)
    numbers = _network().run(None, {"tokens": tokens, "mask": np.ones_like(tokens)})[0][0]
    return in_bytes(numbers)


def in_bytes(numbers: npt.NDArray[np.float32]) -> Vectors:
    """Return vectors of length 1 as they are kept, with a byte for each number."""
    kept: Vectors = np.clip(np.rint(numbers * SCALE), -127, 127).astype(np.int8)
    return kept


@cache
def _network() -> Network:
    if not WEIGHTS.exists():
        raise WeightsMissingError(folder=WEIGHTS.parent.name)
    return session(WEIGHTS)


# A forked process has no reliably usable network, and loads its own.
os.register_at_fork(after_in_child=_network.cache_clear)
