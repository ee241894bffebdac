"""The engines that find attributions: the learned model, the rules, or both together."""

import os
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from claims.errors import WeightsMissingError
from claims.extraction.attribution import from_encoder, layout, rules
from claims.extraction.attribution.combining import combine
from claims.extraction.attribution.types import Attribution
from claims.extraction.encoder.model import Model
from claims.extraction.encoder.reading import Found, attributions
from claims.extraction.text.parsing import Passage

Engine = Literal["both", "encoder", "rules"]
ENGINES: tuple[Engine, ...] = get_args(Engine)

WEIGHTS = Path(__file__).with_name("weights")


def default() -> Engine:
    """Return the default engine: both together, or the rules alone if there are no weights."""
    return "both" if (WEIGHTS / "reader.onnx").exists() else "rules"


def load(engine: Engine) -> None:
    """Load what an engine needs, once per process.

    Raises:
        WeightsMissingError: the learned model has no weights.
    """
    if engine != "rules":
        _model()


def begin(text: str, engine: Engine) -> "Future[list[Found]] | None":
    """Start the learned model on a text, in a thread: it reads while the grammar is parsed.

    Raises:
        WeightsMissingError: the learned model has no weights.
    """
    if engine == "rules":
        return None
    load(engine)
    return _thread().submit(_read, text)


def find(
    passages: Sequence[Passage], engine: Engine, begun: "Future[list[Found]] | None"
) -> list[list[Attribution]]:
    """Find the attributions of an article's passages.

    Args:
        passages: its passages, parsed.
        engine: the engine to use.
        begun: what `begin` started on the same text.

    Returns:
        The attributions of each passage. If both work together, the learned model's results count, and the
        rules add what is entirely outside of them; the agent of a passive ("was accused of") is decided by
        the grammar, and if that names nobody, nobody is named.
    """
    by_rules = [_by_rules(passage, first=not number) for number, passage in enumerate(passages)]
    if begun is None:
        return by_rules
    spoken = (one for one in begun.result() if one.speech)
    by_reading = from_encoder.attributions(passages, spoken)
    if engine == "encoder":
        return by_reading
    return [combine(*both) for both in zip(by_reading, by_rules, strict=True)]


def _by_rules(passage: Passage, *, first: bool) -> list[Attribution]:
    found = rules.attributions(passage)
    mark = layout.marked(passage, first=first)
    return [*found, mark] if mark is not None else found


def _read(text: str) -> list[Found]:
    return next(iter(attributions([text], _model())))


@cache
def _model() -> Model:
    if not (WEIGHTS / "reader.onnx").exists():
        raise WeightsMissingError(folder=WEIGHTS.name)
    return Model(WEIGHTS)


@cache
def _thread() -> ThreadPoolExecutor:
    # One: its windows in several threads are read hardly sooner, and take more of the processor.
    return ThreadPoolExecutor(1, thread_name_prefix="reader")


def _forget() -> None:
    """Start over in a forked process, which has neither the thread nor, reliably, a usable network."""
    _thread.cache_clear()
    _model.cache_clear()


os.register_at_fork(after_in_child=_forget)
