"""Run the network on windows."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from claims.extraction.encoder.labels import BEFORE, BEHIND, PARAGRAPHS
from claims.extraction.encoder.windows import Window
from claims.networks.running import session, word_pieces

Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """The encoder's results for a window.

    Attributes:
        window: the window.
        hidden: [pieces, hidden].
        tags: [pieces, `CueTag`], logarithms of probabilities.
    """

    window: Window
    hidden: Numbers
    tags: Numbers


class Model:
    """The network with its weights.

    Attributes:
        tokenizer: returns the word pieces that it reads.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self._reader, self._rows = (
            session(folder / name, threads) for name in ("reader.onnx", "rows.onnx")
        )
        self.tokenizer = word_pieces()

    def read(self, window: Window) -> Reading:
        """Encode a window and tag its cues.

        Reading one window at a time is faster than several with padding, and the results do not
        depend on other windows: the network rounds numbers by the largest ones of a call.

        Args:
            window: of any text.
        """
        tokens = np.array([[piece.token for piece in window.pieces]], np.int64)
        hidden, tags = self._reader.run(None, {"tokens": tokens, "mask": np.ones_like(tokens)})
        return Reading(window, hidden[0], _logarithms(tags[0]))

    def rows(self, reading: Reading, cues: Sequence[tuple[int, int]]) -> Numbers:
        """Return the role of every piece of a window for each of some cues.

        Args:
            reading: of the window.
            cues: the first piece of each cue, and one past its last.

        Returns:
            [cues, pieces, `Role`], logarithms of probabilities.
        """
        size = len(reading.window.pieces)
        start, end = np.array(cues, np.int64).reshape(-1, 2, 1).transpose(1, 0, 2)
        at = np.arange(size)[None]
        cue = ((at >= start) & (at < end)).astype(np.float32)
        cue /= cue.sum(1, keepdims=True)
        beside = np.minimum(at - start, 0) + np.maximum(at - end + 1, 0)
        paragraphs = np.array([piece.paragraph for piece in reading.window.pieces])
        apart = paragraphs[None] - paragraphs[start]
        scores = self._rows.run(
            None,
            {
                "hidden": reading.hidden,
                "cue": cue,
                "distance": np.clip(beside, -BEFORE, BEHIND) + BEFORE,
                "paragraph": np.clip(apart, -PARAGRAPHS, PARAGRAPHS) + PARAGRAPHS,
            },
        )[0]
        return _logarithms(scores)


def _logarithms(scores: Numbers) -> Numbers:
    """Convert scores of labels to logarithms of their probabilities."""
    scores = scores - scores.max(-1, keepdims=True)
    result: Numbers = scores - np.log(np.exp(scores).sum(-1, keepdims=True))
    return result
