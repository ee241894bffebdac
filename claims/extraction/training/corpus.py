"""Read annotated articles, and turn them into what the network learns from."""

import gzip
import importlib.util
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from claims.extraction.encoder.labels import CueTag, Role
from claims.extraction.encoder.windows import Piece, blocks, windows

Article = dict[str, Any]
"""`{"id", "text", "attributions": [{"source", "cue", "content"}]}`; each part is a list of [start, end)."""

_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_STRAIGHTENED = 0.3
"""Share of the articles whose curly quotation marks are made straight: other outlets write those."""


@dataclass(frozen=True, slots=True)
class Row:
    """One cue of a window with the label of every piece for it.

    Attributes:
        start: the cue's first piece.
        end: one past its last.
        labels: a `Role` for each piece of the window.
    """

    start: int
    end: int
    labels: list[int]


@dataclass(frozen=True, slots=True)
class Example:
    """A window with its labels.

    Attributes:
        tokens: vocabulary numbers.
        paragraphs: the paragraph of each piece.
        tags: a `CueTag` for each piece.
        rows: its cues.
    """

    tokens: list[int]
    paragraphs: list[int]
    tags: list[int]
    rows: list[Row]


def read(path: Path, most: int | None = None) -> list[Article]:
    """Read the first articles of a JSON Lines file, which may be packed with gzip.

    Args:
        path: the file.
        most: how many articles to read; what follows them is not looked at.
    """
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as file
    ):
        return [json.loads(line) for line in islice(file, most)]


def speech_test(path: Path) -> Callable[[str], bool]:
    """Load the test of whether a cue's words speak, which a corpus itself does not say.

    Args:
        path: a Python file that defines `is_speech_cue(words)`.
    """
    spec = importlib.util.spec_from_file_location("speech_cues", path)
    if spec is None or spec.loader is None:
        raise ValueError(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    test: Callable[[str], bool] = module.is_speech_cue
    return test


def examples(
    articles: Sequence[Article],
    tokenizer: Tokenizer,
    speaks: Callable[[str], bool],
    chance: random.Random,
) -> Iterator[Example]:
    """Cut articles into labelled windows, otherwise each time.

    Args:
        articles: what to learn from.
        tokenizer: as for `blocks`.
        speaks: tells speech from belief and plan by the cue's words.
        chance: says where the windows begin and which articles are altered.
    """
    for article in articles:
        text: str = article["text"]
        if chance.random() < _STRAIGHTENED:
            text = text.translate(_STRAIGHT)
        found = blocks(tokenizer, text)
        for window in windows(found, overlap=0, first=chance.randint(1, 8)):
            yield _label(article, window.pieces, speaks)


def _label(article: Article, pieces: Sequence[Piece], speaks: Callable[[str], bool]) -> Example:
    tags = [int(CueTag.NONE)] * len(pieces)
    rows = []
    for one in article["attributions"]:
        places = _covered(pieces, one["cue"])
        if not places:
            continue
        words = " ".join(article["text"][start:end] for start, end in one["cue"])
        begin, inside = CueTag.of(speech=speaks(words))
        start, end = places[0][0], places[0][1]
        tags[start:end] = [begin] + [inside] * (end - start - 1)
        labels = [int(Role.NONE)] * len(pieces)
        for part, first, following in (
            ("content", Role.CONTENT, Role.IN_CONTENT),
            ("source", Role.SOURCE, Role.IN_SOURCE),
        ):
            for begins, ends in _covered(pieces, one[part]):
                labels[begins:ends] = [first] + [following] * (ends - begins - 1)
        rows.append(Row(start, end, labels))
    return Example([one.token for one in pieces], [one.paragraph for one in pieces], tags, rows)


def _covered(pieces: Sequence[Piece], spans: Sequence[list[int]]) -> list[tuple[int, int]]:
    """Return the runs of pieces in spans of the text; marks between paragraphs run along."""
    runs = []
    for start, end in sorted(spans):
        hit = [at for at, one in enumerate(pieces) if one.start < end and one.end > start >= 0]
        if hit:
            runs.append((hit[0], hit[-1] + 1))
    return runs
