"""Run networks on the processor, and cut texts into the word pieces that they read."""

from functools import cache
from pathlib import Path
from typing import TypeAlias

import onnxruntime
from tokenizers import Tokenizer

Network: TypeAlias = onnxruntime.InferenceSession
"""A network that is loaded."""

_SLOW = ["SkipLayerNormFusion"]
"""What onnxruntime does to make a network faster, and slower on a processor: a fifth of the time is saved without it."""


def session(path: Path, threads: int = 1) -> Network:
    """Load a network.

    Args:
        path: its file.
        threads: how many threads share the work of one call.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Without it, sums of eight-bit products overflow on processors that have AVX2 and no VNNI, and results differ.
    options.add_session_config_entry("session.x64quantprecision", "1")
    return Network(path, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW)


@cache
def word_pieces() -> Tokenizer:
    """The tokenizer, without truncation and padding. Loaded once per process; threads may share it."""
    tokenizer = Tokenizer.from_file(str(Path(__file__).with_name("tokenizer.json")))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
