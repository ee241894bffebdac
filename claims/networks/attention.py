"""Puts one node in the place of all the steps of an attention: onnxruntime takes them together, in less time."""

from collections.abc import Iterator
from pathlib import Path

import onnx

_DOMAIN = "com.microsoft"
"""Where onnxruntime's own nodes are named."""


def fuse(path: Path, heads: int) -> None:
    """Rewrite a network's attentions.

    They then look at every piece of a window, so that no window may be filled up. The splitter reads one at a time.

    Args:
        path: the network, which is changed.
        heads: how many heads each attention has.

    Raises:
        ValueError: an attention has other steps than expected.
    """
    model = onnx.load(path)
    graph = model.graph
    made_by = {name: node for node in graph.node for name in node.output}
    last = [_last_step(graph, node) for node in graph.node if node.op_type == "Softmax"]
    if not last:
        raise ValueError(f"{path.name} has no attention")
    fused = {
        node.output[0]: onnx.helper.make_node(
            "MultiHeadAttention",
            list(_inputs(made_by, node)),
            [node.output[0]],
            domain=_DOMAIN,
            num_heads=heads,
        )
        for node in last
    }
    nodes = [fused.get(node.output[0], node) for node in graph.node]
    needed = _needed(nodes, {output.name for output in graph.output})
    names = {name for node in needed for name in node.input}
    weights = [weight for weight in graph.initializer if weight.name in names]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(needed)
    graph.initializer.extend(weights)
    model.opset_import.append(onnx.helper.make_opsetid(_DOMAIN, 1))
    onnx.save(model, path)


def _last_step(graph: onnx.GraphProto, softmax: onnx.NodeProto) -> onnx.NodeProto:
    """Follow an attention from its softmax to the step that joins its heads."""
    node = softmax
    for step in ("MatMul", "Transpose", "Reshape"):
        (node,) = (one for one in graph.node if node.output[0] in one.input)
        _expect(node, step)
    return node


def _inputs(made_by: dict[str, onnx.NodeProto], last: onnx.NodeProto) -> Iterator[str]:
    """Go back from an attention's last step, and yield the names of its queries, keys and values."""
    product = _back(made_by, last, "Transpose", "MatMul")
    scores = _back(made_by, product, "Softmax", "Add", "Mul", "MatMul")
    for node, number in ((scores, 0), (scores, 1), (product, 1)):
        heads = made_by[node.input[number]]
        _expect(heads, "Transpose")
        yield _back(made_by, heads, "Reshape").input[0]


def _back(made_by: dict[str, onnx.NodeProto], node: onnx.NodeProto, *steps: str) -> onnx.NodeProto:
    for step in steps:
        node = made_by[node.input[0]]
        _expect(node, step)
    return node


def _expect(node: onnx.NodeProto, step: str) -> None:
    if node.op_type != step:
        raise ValueError(f"an attention has the step {node.op_type} where {step} is expected")


def _needed(nodes: list[onnx.NodeProto], outputs: set[str]) -> list[onnx.NodeProto]:
    """Leave out the nodes that nothing needs any more."""
    found = []
    for node in reversed(nodes):
        if outputs.intersection(node.output):
            outputs.update(node.input)
            found.append(node)
    return found[::-1]
