"""Write a fitted network as two graphs that run without the tools of fitting."""

from pathlib import Path

import torch
from torch import Tensor, nn

from claims.extraction.training.network import Network
from claims.networks import attention
from claims.networks.export import write_checksums, write_graph

NAMES = ("reader.onnx", "rows.onnx")


class _Reader(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, tokens: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        return self.network.read(tokens, mask)


class _Rows(nn.Module):
    """The second tagger for the cues of one window."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.rows = network.rows

    def forward(self, hidden: Tensor, cue: Tensor, distance: Tensor, paragraph: Tensor) -> Tensor:
        window = torch.zeros(cue.shape[0], dtype=torch.long)
        scores: Tensor = self.rows(hidden[None], cue, window, distance, paragraph)
        return scores


def export(network: Network, out: Path, *, small: bool = True) -> None:
    """Write the graphs and their checksums.

    Args:
        network: the fitted network.
        out: the folder.
        small: store the weights in a byte each.
    """
    network.eval()
    out.mkdir(parents=True, exist_ok=True)
    tokens = torch.randint(1000, 20000, (2, 40))
    windows, pieces, cues = (
        torch.export.Dim(name, min=1) for name in ("windows", "pieces", "cues")
    )
    write_graph(
        _Reader(network),
        (tokens, torch.ones_like(tokens)),
        out / "reader.onnx",
        inputs={name: {0: windows, 1: pieces} for name in ("tokens", "mask")},
        outputs=("hidden", "tags"),
        small=small,
    )
    attention.fuse(out / "reader.onnx", network.encoder.config.num_attention_heads)
    size = network.encoder.config.hidden_size
    places = torch.ones(3, 40, dtype=torch.long)
    row = {0: cues, 1: pieces}
    write_graph(
        _Rows(network),
        (torch.randn(40, size), torch.rand(3, 40), places, places.clone()),
        out / "rows.onnx",
        inputs={"hidden": {0: pieces}, "cue": row, "distance": row, "paragraph": row},
        outputs=("labels",),
        small=small,
    )
    write_checksums(out, NAMES)
