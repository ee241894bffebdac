"""Running the networks leaves nothing behind, and gives the same on every processor."""

import os
import subprocess
import sys

import numpy as np
import pytest

from claims.networks.running import PROBE, session

RUN = {
    "the splitter": "from claims.extraction import extract; extract('“It rained,” she said.')",
    "the matcher": "from claims.matching.vectors.encoder import encode; encode(['It rained.'])",
}


@pytest.mark.parametrize("code", RUN.values(), ids=RUN.keys())
def test_a_network_that_runs_writes_nothing_into_its_users_folder(code, tmp_path):
    # Without the variables by which a library knows a test when it runs in one.
    bare = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], env=bare, check=True)
    assert [*tmp_path.rglob("*")] == []


def test_sums_of_the_largest_products_are_exact_on_every_processor():
    (sums,) = session(PROBE).run(None, {"values": np.full((5, 64), 255, np.uint8)})
    assert (sums == 64 * 255 * 127).all()
