"""Write a fitted network as a graph that runs without the tools of fitting."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn


def write_graph(
    module: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    *,
    inputs: dict[str, dict[int, object]],
    outputs: tuple[str, ...],
    small: bool = True,
) -> None:
    """Write a network's graph.

    Args:
        module: the network.
        example: inputs of any size. Two tensors: one given twice would be taken for a single input.
        path: the file.
        inputs: the inputs' names, each with its dimensions of any size.
        outputs: the outputs' names.
        small: store the weights in a byte each.
    """
    module.eval()
    torch.onnx.export(
        module,
        example,
        path,
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_shapes=inputs,
        dynamo=True,
        external_data=False,
        verbose=False,
    )
    if small:
        quantize_dynamic(
            path,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )


def write_checksums(folder: Path, names: Iterable[str]) -> None:
    """Write the checksums of some of a folder's files into its SHA256SUMS."""
    sums = (
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names
    )
    (folder / "SHA256SUMS").write_text("".join(sums), "utf-8")
