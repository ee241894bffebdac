"""The engines that find attributions: the learned model, the rules, or both together."""

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from claims.errors import WeightsMissingError
from claims.extraction.attribution import from_encoder, layout, rules
from claims.extraction.attribution.combining import combine
from claims.extraction.attribution.questions import sifted
from claims.extraction.attribution.types import Attribution
from claims.extraction.encoder.model import Model
from claims.extraction.encoder.reading import attributions
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


def find(text: str, passages: Sequence[Passage], engine: Engine) -> list[list[Attribution]]:
    """Find the attributions of an article's passages.

    Args:
        text: the article.
        passages: its passages, parsed.
        engine: the engine to use.

    Returns:
        The attributions of each passage. If both work together, the learned model's results count, and the
        rules add what is entirely outside of them; the agent of a passive ("was accused of") is decided by
        the grammar, and if that names nobody, nobody is named.

    Raises:
        WeightsMissingError: the learned model has no weights.
    """
    return [sifted(here) for here in _found(text, passages, engine)]


def _found(text: str, passages: Sequence[Passage], engine: Engine) -> list[list[Attribution]]:
    by_rules = [_by_rules(passage, first=not number) for number, passage in enumerate(passages)]
    if engine == "rules":
        return by_rules
    found = next(iter(attributions([text], _model())))
    by_reading = from_encoder.attributions(passages, found)
    if engine == "encoder":
        return by_reading
    return [combine(*both) for both in zip(by_reading, by_rules, strict=True)]


def _by_rules(passage: Passage, *, first: bool) -> list[Attribution]:
    found = rules.attributions(passage)
    mark = layout.marked(passage, first=first)
    return [*found, mark] if mark is not None else found


@cache
def _model() -> Model:
    if not (WEIGHTS / "reader.onnx").exists():
        raise WeightsMissingError(folder=WEIGHTS.name)
    return Model(WEIGHTS)


# A forked process has no reliably usable network, and loads its own.
os.register_at_fork(after_in_child=_model.cache_clear)
