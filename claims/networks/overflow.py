"""Writes the graph that shows whether sums of eight-bit products overflow on a processor: `python -m claims.networks.overflow`.

It needs the packages for training.
"""

import numpy as np
import onnx

from claims.networks.running import PROBE


def main() -> None:
    """Write a product of values, [rows, 64], with weights, [64, 16], each of which is 127; it gives sums, [rows, 16]."""
    weights = onnx.numpy_helper.from_array(np.full((64, 16), 127, np.int8), "weights")
    values = onnx.helper.make_tensor_value_info("values", onnx.TensorProto.UINT8, ["rows", 64])
    sums = onnx.helper.make_tensor_value_info("sums", onnx.TensorProto.INT32, ["rows", 16])
    product = onnx.helper.make_node("MatMulInteger", ["values", "weights"], ["sums"])
    graph = onnx.helper.make_graph([product], "overflow", [values], [sums], [weights])
    versions = [onnx.helper.make_opsetid("", 13)]
    onnx.save(onnx.helper.make_model(graph, opset_imports=versions, ir_version=8), PROBE)


if __name__ == "__main__":
    main()
