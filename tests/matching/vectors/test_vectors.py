"""The sentence encoder and its shipped weights, and how vectors are compared."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

import claims.matching
from claims.matching.vectors import SIZE, closeness, distances, encode, outline

WEIGHTS = Path(claims.matching.__file__).parent / "weights"


def test_the_weights_are_those_of_the_checksums():
    lines = (WEIGHTS / "SHA256SUMS").read_text("utf-8").splitlines()
    assert lines
    for line in lines:
        wanted, name = line.split()
        assert hashlib.sha256((WEIGHTS / name).read_bytes()).hexdigest() == wanted


def test_all_learned_weights_are_small_enough_to_ship():
    root = Path(claims.matching.__file__).parents[1]
    files = [path for end in ("onnx", "npz") for path in root.rglob(f"*.{end}")]
    assert sum(path.stat().st_size for path in files) < 50_000_000


def test_what_is_about_the_same_thing_is_close():
    bridge, crossing, milk = encode(
        ["The bridge is closed.", "Nobody can cross the bridge.", "Milk prices rose by a tenth."]
    )
    near, far = closeness(bridge[None], np.array([crossing, milk]))[0]
    assert near > 0.5
    assert far < 0.2


def test_a_vector_does_not_depend_on_other_texts():
    together = encode(["The bridge is closed.", "x" * 3000, "Milk"])
    assert (encode(["The bridge is closed."])[0] == together[0]).all()


@pytest.mark.parametrize("text", ["", "  ", "…", "word " * 3000, "東京", "\x00", "👍"])
def test_any_text_will_do(text):
    assert encode([text]).shape == (1, SIZE)


def test_no_words_are_close_to_nothing():
    nothing, bridge = encode([" ", "The bridge is closed."])
    assert closeness(nothing[None], bridge[None])[0, 0] == 0
    assert closeness(bridge[None], bridge[None])[0, 0] == pytest.approx(1)
    assert encode([]).shape == (0, SIZE)


def test_distances_count_differing_signs():
    chance = np.random.default_rng(1)
    vectors = chance.integers(-127, 128, (40_000, SIZE)).astype(np.int8)
    outlines = outline(vectors)
    counted = distances(outlines[7], np.ascontiguousarray(outlines.T))
    expected = ((vectors > 0) != (vectors[7] > 0)).sum(axis=1)
    assert (counted == expected).all()
    assert (
        distances(outline(-np.ones((1, SIZE), np.int8))[0], outline(np.ones((1, SIZE), np.int8)).T)
        == SIZE
    )
