"""Fit the network, an epoch at a time, so that a run that was cut off can go on."""

import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from claims.extraction.training.batches import IGNORED, Batch, shuffled
from claims.extraction.training.corpus import Article, examples
from claims.extraction.training.network import Network

_log = logging.getLogger(__name__)

_ENCODER_RATE, _TAGGER_RATE = 2e-4, 1e-3
_WARM_UP = 0.06
"""Share of the steps in which the rate rises."""
_LEAST = 0.02
"""Share of the rate that is left at the end."""
_AVERAGED = 0.998
"""How much of the averaged weights each step keeps."""
_CUE_WEIGHT, _OTHER_WEIGHT = 4.0, 0.5
"""A row is mostly nothing, so its mean loss is small beside that of the tags."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to fit.

    Attributes:
        epochs: passes over the articles.
        size: windows a step.
        seed: of all chance.
        rate: how fast, as a share of the usual rate.
    """

    epochs: int
    size: int
    seed: int
    rate: float = 1.0


class Averaged:
    """The mean of the weights over the last steps, which does better than the last weights."""

    def __init__(self, network: nn.Module) -> None:
        self._live = {n: p for n, p in network.named_parameters() if p.requires_grad}
        self.kept = {name: value.detach().clone() for name, value in self._live.items()}
        self.steps = 0

    @torch.no_grad()
    def take(self) -> None:
        """Take the network's weights in."""
        self.steps += 1
        share = 1 - min(_AVERAGED, self.steps / (self.steps + 10))
        for name, value in self._live.items():
            self.kept[name].lerp_(value, share)


def fit(
    network: Network,
    tokenizer: Tokenizer,
    articles: Sequence[Article],
    speaks: Callable[[str], bool],
    plan: Plan,
    out: Path,
) -> None:
    """Fit a network and leave its averaged weights of each epoch in a folder.

    Args:
        network: the network with the weights of its base.
        tokenizer: the base's.
        articles: what to learn from.
        speaks: tells speech from belief and plan by the cue's words.
        plan: how to fit.
        out: the folder; a run that was cut off goes on from what it left there.
    """
    torch.manual_seed(plan.seed)
    taggers = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": _ENCODER_RATE}, {"params": taggers, "lr": _TAGGER_RATE}],
        weight_decay=0.01,
        fused=True,
    )
    averaged = Averaged(network)
    state = out / "state.pt"
    done = 0
    if state.exists():
        left = torch.load(state)
        network.load_state_dict(left["network"])
        optimizer.load_state_dict(left["optimizer"])
        averaged.kept, averaged.steps, done = left["averaged"], left["steps"], left["done"]
    for epoch in range(done, plan.epochs):
        chance = random.Random(f"{plan.seed} {epoch}")  # noqa: S311 - no secret hangs on it
        found = list(examples(articles, tokenizer, speaks, chance))
        batches = list(shuffled(found, plan.size, chance))
        network.train()
        begun, losses = time.monotonic(), torch.zeros(3)
        for step, batch in enumerate(batches):
            rate = plan.rate * _rate((epoch + step / len(batches)) / plan.epochs)
            for group, base in zip(
                optimizer.param_groups, (_ENCODER_RATE, _TAGGER_RATE), strict=True
            ):
                group["lr"] = base * rate
            loss, parts = _loss(network, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(encoder + taggers, 1.0)
            optimizer.step()
            averaged.take()
            losses += parts
            if step % 25 == 24:
                took = (time.monotonic() - begun) / (step + 1)
                shown = " ".join(f"{float(part):.3f}" for part in losses / 25)
                _log.info(
                    "epoch %d, step %d of %d: loss %s, %.2f s per step",
                    epoch + 1,
                    step + 1,
                    len(batches),
                    shown,
                    took,
                )
                losses.zero_()
        _log.info("epoch %d took %.0f s", epoch + 1, time.monotonic() - begun)
        torch.save(averaged.kept, out / f"epoch-{epoch + 1}.pt")
        torch.save(
            {
                "network": network.state_dict(),
                "optimizer": optimizer.state_dict(),
                "averaged": averaged.kept,
                "steps": averaged.steps,
                "done": epoch + 1,
            },
            state,
        )


def _rate(progress: float) -> float:
    if progress < _WARM_UP:
        return max(progress / _WARM_UP, 0.01)
    return max(_LEAST, (1 - progress) / (1 - _WARM_UP))


def _loss(network: Network, batch: Batch) -> tuple[Tensor, Tensor]:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden, tags = network.read(batch.tokens, batch.mask)
        rows = network.rows(
            hidden, batch.cue, batch.window, batch.distance, batch.paragraph, batch.mask
        )
    parts = [_entropy(tags, batch.tags)]
    parts.append(_entropy(rows[: batch.annotated], batch.labels[: batch.annotated]))
    parts.append(_entropy(rows[batch.annotated :], batch.labels[batch.annotated :]))
    loss = parts[0] + _CUE_WEIGHT * parts[1] + _OTHER_WEIGHT * parts[2]
    return loss, torch.stack(parts).detach()


def _entropy(scores: Tensor, labels: Tensor) -> Tensor:
    if not labels.numel():
        return scores.sum() * 0
    return functional.cross_entropy(
        scores.float().flatten(0, 1), labels.flatten(), ignore_index=IGNORED
    )
