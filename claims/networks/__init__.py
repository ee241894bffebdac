"""What the learned parts share: the word pieces, running a network, and writing a fitted one. Knows no Django.

The splitter and the matcher each have their own network; both began as MiniLM and read the same word pieces.
"""

import os

# Since its version 1.29 onnxruntime reports its use to its maker, and keeps an identifier of the machine for that, unless it is
# told not to before it is imported (https://github.com/microsoft/onnxruntime/blob/main/docs/Privacy.md). Nothing here is reported
# to anybody.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
