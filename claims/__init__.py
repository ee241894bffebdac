"""The workbench. Work is shared out among its processes: in each, the products of numpy's matrices take one thread."""

import os

# numpy reads it when it is first imported. Its threads wait for each other at full load, which costs more than the small matrices here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
