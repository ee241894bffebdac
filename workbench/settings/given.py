"""What the environment gives, read once."""

import os

from workbench.environment import read_environment

env = read_environment(os.environ)
