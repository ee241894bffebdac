"""The workbench. Its processes share the work, so each of them multiplies matrices in one thread."""

import os

# numpy reads this when it is first imported. On matrices as small as these, more threads take longer than one.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
