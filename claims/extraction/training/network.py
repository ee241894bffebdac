"""The network: an encoder, a tagger of cues, and a tagger of sources and contents for one cue at a time.

Because the second tagger reads the window anew for each cue, two cues may share a source, contents may
nest, and a statement without a source is one in which no piece is labelled as such.
"""

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

from claims.extraction.encoder.labels import BEFORE, BEHIND, PARAGRAPHS, CueTag, Role


class RowTagger(nn.Module):
    """Label every piece of a window for each of its cues.

    Three things add up: how well cue and piece go together (a product), and two readings of the piece
    beside its neighbours, knowing the cue and the distance to it.
    """

    def __init__(self, hidden: int, width: int = 128, match: int = 48) -> None:
        super().__init__()
        self.match = match
        self.of_cue = nn.Linear(hidden, width)
        self.of_piece = nn.Linear(hidden, width)
        self.distance = nn.Embedding(BEFORE + BEHIND + 1, width)
        self.paragraph = nn.Embedding(2 * PARAGRAPHS + 1, width)
        self.asked = nn.Linear(hidden, len(Role) * match)
        self.offered = nn.Linear(hidden, len(Role) * match)
        self.near = nn.Conv1d(width, width, 5, padding=2)
        self.wide = nn.Conv1d(width, width, 5, padding=6, dilation=3)
        self.out = nn.Linear(width, len(Role))
        self.drop = nn.Dropout(0.1)

    def forward(
        self,
        hidden: Tensor,
        cue: Tensor,
        window: Tensor,
        distance: Tensor,
        paragraph: Tensor,
        mask: Tensor | None = None,
    ) -> Tensor:
        """Score the labels.

        Args:
            hidden: [windows, pieces, hidden], what the encoder says.
            cue: [cues, windows * pieces], shares that add up to a cue's words.
            window: [cues], the window of each.
            distance: [cues, pieces], from 0 to `BEFORE + BEHIND`.
            paragraph: [cues, pieces], from 0 to `2 * PARAGRAPHS`.
            mask: [windows, pieces], 1 where there is a piece; None where there are pieces only.

        Returns:
            [cues, pieces, roles].
        """
        words = cue @ hidden.flatten(0, 1)
        read = self.of_cue(words)[:, None] + self.of_piece(hidden)[window]
        read = read + self.distance(distance) + self.paragraph(paragraph)
        read = self.drop(torch.relu(read)).transpose(1, 2)
        # What fills a window up must look like its outside, where there is nothing.
        shown = 1 if mask is None else mask[window][:, None]
        read = read + self.near(torch.relu(read) * shown)
        read = read + self.wide(torch.relu(read) * shown)
        asked = self.asked(words).unflatten(1, (1, len(Role), self.match))
        offered = self.offered(hidden).unflatten(2, (len(Role), self.match))[window]
        product = (asked * offered).sum(-1) / self.match**0.5
        return product + self.out(torch.relu(read).transpose(1, 2))


class Network(nn.Module):
    """The encoder with its two taggers."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        # Attention in plain steps is faster on a processor than the fused kind, and exports as it is.
        self.encoder = AutoModel.from_pretrained(
            base, add_pooling_layer=False, attn_implementation="eager"
        )
        for module in self.encoder.modules():
            if "SelfAttention" in type(module).__name__ and hasattr(module, "dropout"):
                module.dropout.p = 0.0  # half of a step's time, and no gain
        self.encoder.embeddings.requires_grad_(requires_grad=False)
        size = self.encoder.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.tags = nn.Linear(size, len(CueTag))
        self.rows = RowTagger(size)

    def read(self, tokens: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Encode windows and tag their cues.

        Returns:
            [windows, pieces, hidden] and [windows, pieces, tags].
        """
        hidden = self.encoder(input_ids=tokens, attention_mask=mask).last_hidden_state
        hidden = self.drop(hidden)
        return hidden, self.tags(hidden)
