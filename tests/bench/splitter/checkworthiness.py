"""How well check-worthiness puts the sentences first that fact-checkers chose.

The sentences are JSON Lines of `{"file", "text", "label"}`: the speech or collection that a sentence is from, and 1 if it
was chosen. A sentence is worth as much as the worthiest of its claims.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import mean

from claims.extraction import extract_many
from claims.extraction.parallel import Outcome
from tests.bench.figures import Figure
from tests.extraction.scoring.attributions import read
from tests.extraction.scoring.ranking import average_precision

AIMS = {"debates": 0.20, "tweets": 0.45}
"""The lowest acceptable precision, by the beginning of a file's name."""


def checkworthiness(folder: Path, command: str, limit: int | None) -> Iterator[Figure]:
    """Return for each file of sentences the mean of its speeches' average precision, compared with chance.

    Args:
        folder: where the files are, *.jsonl or *.jsonl.gz.
        command: the command that measures it again.
        limit: how many sentences of each file at most.
    """
    for path in sorted(folder.glob("*.jsonl*")):
        rows = list(read(path, limit))
        processes = os.cpu_count() or 1
        worth = map(_worth, extract_many((row["text"] for row in rows), processes=processes))
        by_speech: dict[str, list[tuple[float, bool]]] = {}
        for row, value in zip(rows, worth, strict=True):
            by_speech.setdefault(row["file"], []).append((value, bool(row["label"])))
        chosen = [scored for scored in by_speech.values() if any(label for _, label in scored)]
        name = path.name.partition(".")[0]
        yield Figure(
            name=f"check-worthiness: {name}, average precision",
            value=round(mean(map(average_precision, chosen)), 4) if chosen else 0.0,
            unit="",
            command=command,
            peer="chance",
            beside=round(mean(map(_share, chosen)), 4) if chosen else None,
            least=next((least for start, least in AIMS.items() if name.startswith(start)), None),
            by_ratio=False,
        )


def _worth(claims: Outcome) -> float:
    return (
        max((one.checkworthiness for one in claims), default=0.0)
        if isinstance(claims, list)
        else 0.0
    )


def _share(scored: Iterable[tuple[float, bool]]) -> float:
    return mean(label for _, label in scored)
