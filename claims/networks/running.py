"""Run networks on the processor, and cut texts into the word pieces that they read."""

from functools import cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

Network: TypeAlias = onnxruntime.InferenceSession
"""A network that is loaded."""

PROBE = Path(__file__).with_name("overflow.onnx")
"""Multiplies what it is given by the largest weights of eight bits; `overflow.py` writes it."""
_SLOW = ["SkipLayerNormFusion"]
"""What onnxruntime does to make a network faster, and slower on a processor: a fifth of the time is saved without it."""


def session(path: Path, threads: int = 1) -> Network:
    """Load a network.

    Args:
        path: its file.
        threads: how many threads share the work of one call.
    """
    return _session(path, threads, slowly=_overflows())


@cache
def _overflows() -> bool:
    """Return whether sums of eight-bit products overflow here, as they do on processors that have AVX2 and no VNNI.

    Results would differ there. What prevents it takes half as much time again, so it is only done where it is needed.
    """
    largest = np.full((1, 64), 255, np.uint8)
    (sums,) = _session(PROBE, 1, slowly=False).run(None, {"values": largest})
    return bool((sums != 64 * 255 * 127).any())


def _session(path: Path, threads: int, *, slowly: bool) -> Network:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.x64quantprecision", str(int(slowly)))
    return Network(path, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW)


@cache
def word_pieces() -> Tokenizer:
    """The tokenizer, without truncation and padding. Loaded once per process; threads may share it."""
    tokenizer = Tokenizer.from_file(str(Path(__file__).with_name("tokenizer.json")))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
