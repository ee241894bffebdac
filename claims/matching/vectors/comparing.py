"""How close vectors are: exactly, or by their outlines, which are an eighth of their size."""

import numpy as np
import numpy.typing as npt

from claims.matching.vectors.encoder import Vectors, in_bytes

Outlines = npt.NDArray[np.uint64]
"""A row for each vector, with a bit for each of its numbers: whether it is above zero."""

Closeness = npt.NDArray[np.float32]
"""Cosines, from -1 to 1."""

_TINY = 1e-9
"""Shorter than any vector but that of zeros."""

_BLOCK = 32_768
"""How many outlines are compared at a time: they and what is counted stay in the processor's cache."""


def closeness(vectors: Vectors, others: Vectors) -> Closeness:
    """Return the cosine of each vector with each other one.

    Args:
        vectors: [vectors, size].
        others: [others, size].

    Returns:
        [vectors, others], from -1 to 1; 0 where a vector has nothing but zeros.
    """
    return _unit(vectors) @ _unit(others).T


def towards(vector: Vectors, others: Vectors, share: float) -> Vectors:
    """Return a vector moved towards the mean of others.

    Args:
        vector: [size].
        others: [others, size], at least one.
        share: how much the mean counts beside the vector.
    """
    moved = _unit(vector[None])[0] + share * _unit(others).mean(axis=0)
    return in_bytes(moved / max(float(np.linalg.norm(moved)), _TINY))


def _unit(vectors: Vectors) -> npt.NDArray[np.float32]:
    numbers = vectors.astype(np.float32)
    length = np.sqrt(np.einsum("ij,ij->i", numbers, numbers))[:, None]
    scaled: npt.NDArray[np.float32] = numbers / np.maximum(length, 1.0)
    return scaled


def outline(vectors: Vectors) -> Outlines:
    """Return the outlines of vectors, [vectors, size / 64]."""
    return np.packbits(vectors > 0, axis=1).view(np.uint64)


def distances(of: Outlines, to: Outlines) -> npt.NDArray[np.uint16]:
    """Count the bits in which one outline differs from each of many.

    Args:
        of: one outline.
        to: [size / 64, outlines]: word by word, which takes a third of the time of outline by outline.

    Returns:
        A number for each of the many, from 0 to the number of bits.
    """
    counts = np.empty(to.shape[1], np.uint16)
    half = len(of) // 2
    for first in range(0, to.shape[1], _BLOCK):
        block = to[:, first : first + _BLOCK]
        np.add(
            _in_bytes(of[:half], block[:half]),
            _in_bytes(of[half:], block[half:]),
            out=counts[first : first + _BLOCK],
            dtype=np.uint16,
        )
    return counts


def _in_bytes(of: Outlines, to: Outlines) -> npt.NDArray[np.uint8]:
    """Count the bits of three words at most, so that a byte holds their number: adding bytes is the fastest."""
    counts: npt.NDArray[np.uint8] = np.bitwise_count(to[0] ^ of[0])
    for word, words in zip(of[1:], to[1:], strict=True):
        counts += np.bitwise_count(words ^ word)
    return counts
