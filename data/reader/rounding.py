"""Round the weights of matrix products to 4 bits so that what comes out of each changes least (GPTQ, Frantar et al., 2023).

In: a trained network, and texts as it will read them. Out: for each layer its weights as steps of a grid. Rounded one by one to
the nearest step, weights turn the encoder's tokens by some ten degrees; here what one column of a matrix loses by rounding is
made up for by the columns that are not rounded yet, as far as their inputs go together in the texts. A training may also read
with rounded weights (`RoundedLinear`), so that the network learns to make do with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from data.reader.network import Reader

BLOCK = 32  # weights of a row that share a scale
STEPS = 15  # of a block's grid, beside zero
DAMPING = 0.01  # share of the mean square of an input that is added to each, so that the inverse exists
NARROWER = (1.0, 0.95, 0.9, 0.85, 0.8)  # shares of a block's range that its grid may span; the few weights outside are cut
Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Rounded:
    """A matrix (outputs, inputs) in steps: a weight is (``steps`` - ``zero``) * ``scale``, the last two (outputs, blocks)."""

    steps: Bytes
    scale: Floats
    zero: Bytes


class _Straight(torch.autograd.Function):
    """Rounds weights to the nearest steps of their grids; the gradient passes as if unrounded (Bengio et al., 2013)."""

    @staticmethod
    def forward(_: Any, weights: Tensor, scale: Tensor, zero: Tensor) -> Tensor:
        blocks = weights.reshape(-1, BLOCK)
        steps = (blocks / scale[:, None] + zero[:, None]).round_().clamp_(0, STEPS)
        return (steps - zero[:, None]).mul_(scale[:, None]).reshape(weights.shape)

    @staticmethod
    def backward(_: Any, gradient: Tensor) -> tuple[Tensor, None, None]:
        return gradient, None, None


class RoundedLinear(nn.Linear):
    """A layer that is given the weights of another, reads with them as they ship, and learns in full precision."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__(layer.in_features, layer.out_features, bias=layer.bias is not None)
        self.weight, self.bias = layer.weight, layer.bias
        self.refresh()

    @torch.no_grad()
    def refresh(self) -> None:
        """Fit the grids to the weights as they are now."""
        self.grid = _grid(self.weight.float().reshape(-1, BLOCK))

    def forward(self, given: Tensor) -> Tensor:
        """Return what the layer makes of its input."""
        return nn.functional.linear(given, _Straight.apply(self.weight, *self.grid), self.bias)


def learn_rounded(encoder: nn.Module) -> None:
    """Let all matrix products of an encoder be learnt as they ship."""
    for parent in [*encoder.modules()]:
        for name, layer in [*parent.named_children()]:
            if isinstance(layer, nn.Linear) and layer.out_features > 1 and layer.in_features % BLOCK == 0:
                setattr(parent, name, RoundedLinear(layer))


def refresh_grids(encoder: nn.Module) -> None:
    """Fit the grids of layers that are learnt as they ship to their weights as they are now."""
    for layer in encoder.modules():
        if isinstance(layer, RoundedLinear):
            layer.refresh()


class Inputs:
    """The inputs of a network's layers while it reads texts: for each layer the sum of their outer products (inputs, inputs)."""

    def __init__(self, net: Reader) -> None:
        self.net = net
        self._layers = {name: layer for name, layer in net.named_modules() if isinstance(layer, nn.Linear)}
        self._squares: dict[nn.Module, Tensor] = {}
        self._hooks = [layer.register_forward_pre_hook(self._add) for layer in self._layers.values()]

    def close(self) -> None:
        """Look no longer at what the layers are given."""
        for hook in self._hooks:
            hook.remove()

    def round(self, name: str) -> Rounded:
        """Round the weights of the layer with a name."""
        layer = self._layers[name]
        return round_weights(layer.weight, self._squares[layer])

    def _add(self, layer: nn.Module, given: tuple[Tensor, ...]) -> None:
        rows = given[0].detach().flatten(0, -2).float()
        self._squares[layer] = self._squares.get(layer, torch.zeros(())) + rows.T @ rows


@torch.no_grad()
def round_weights(weights: Tensor, squares: Tensor) -> Rounded:
    """Round a matrix (outputs, inputs), given the sum of the outer products of its inputs (inputs, inputs)."""
    left, size = weights.float().clone(), weights.shape[1]
    damped = squares + DAMPING * squares.diagonal().mean() * torch.eye(size)
    inverse = torch.linalg.cholesky(torch.cholesky_inverse(torch.linalg.cholesky(damped)), upper=True)
    steps = torch.zeros_like(left)
    scales, zeros = [], []
    for start in range(0, size, BLOCK):
        end = start + BLOCK
        scale, zero = _grid(left[:, start:end])
        lost = torch.zeros(len(left), BLOCK)
        for column in range(start, end):
            step = (left[:, column] / scale + zero).round().clamp(0, STEPS)
            loss = (left[:, column] - (step - zero) * scale) / inverse[column, column]
            left[:, column:end] -= loss[:, None] * inverse[column, column:end]
            steps[:, column], lost[:, column - start] = step, loss
        left[:, end:] -= lost @ inverse[start:end, end:]
        scales.append(scale)
        zeros.append(zero)
    return Rounded(steps.to(torch.uint8).numpy(), torch.stack(scales, 1).numpy(), torch.stack(zeros, 1).to(torch.uint8).numpy())


def nearest_steps(weights: Tensor) -> Rounded:
    """Round each number of a matrix (rows, columns) to the nearest step of its block's grid."""
    blocks = weights.float().reshape(-1, BLOCK)
    scale, zero = _grid(blocks)
    steps = (blocks / scale[:, None] + zero[:, None]).round().clamp(0, STEPS).to(torch.uint8).reshape(weights.shape)
    scale, zero = scale.reshape(len(weights), -1), zero.reshape(len(weights), -1)
    return Rounded(steps.numpy(), scale.numpy(), zero.to(torch.uint8).numpy())


def _grid(weights: Tensor) -> tuple[Tensor, Tensor]:
    """Return scale and zero of the grid of a block (outputs, BLOCK) that rounds its weights with the least squared error.

    One of the grids tried is that of weights which were published in 4 bits: its step is an eighth of the largest of them.
    """
    low, high = weights.amin(1).clamp(max=0), weights.amax(1).clamp(min=0)
    best = torch.full_like(low, torch.inf)
    scale, zero = torch.ones_like(low), torch.zeros_like(low)
    grids = [((high - low) * share / STEPS, -low * share) for share in NARROWER]
    largest = torch.maximum(high, -low) / 8
    grids.append((largest, largest * torch.where(-low > high, 8, 7)))
    for trial, below in grids:
        trial = trial.clamp(min=1e-9)
        middle = (below / trial).round().clamp(0, STEPS)
        cut = ((weights / trial[:, None] + middle[:, None]).round().clamp(0, STEPS) - middle[:, None]) * trial[:, None]
        error = (weights - cut).square().sum(1)
        better = error < best
        best, scale, zero = torch.where(better, error, best), torch.where(better, trial, scale), torch.where(better, middle, zero)
    return scale, zero
