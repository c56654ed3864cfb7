"""The reader as a network: an encoder of tokens, late interaction, and a judge that reads question and fact together.

*Encoder.* Question and fact are encoded apart by the same pretrained transformer; a projection cuts each token to ``SIZE``
numbers of length one. Facts are encoded once and stored; a question costs one pass.

*Late interaction* (ColBERT, Khattab and Zaharia 2020). Each token of the question takes its greatest cosine with any token of the
fact; learned weights, near zero for function words, add these up, and the cosine of both texts' mean tokens is added. This ranks
all facts of a story, with "none of them" as one more candidate.

*Judge.* The nearest few are read together with the question by `judge.Judge`. An auxiliary one is trained beside the encoder,
which learns from it what the tokens must carry. That of the first network is thrown away: `train_judge.py` trains the one that
ships. The second network has no other: it is trained on alone, once the encoder is done, and ships.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import normalize
from transformers import AutoModel

from data.reader.judge import READ, SIZE, Judge

LIGHT = (
    "a an the of to in on at for and or is are was were be been do does did has have had it its that this by from any as ? . ,"
    " ' s so ok hey guys <s> </s>"
).split()


class Near(NamedTuple):
    """Questions held against facts by late interaction.

    ``scores`` (questions, facts), ``none`` (questions), ``weights`` (questions, tokens), which add up to one.
    """

    scores: Tensor
    none: Tensor
    weights: Tensor


class Encoder(nn.Module):
    """The pretrained transformer, cut to ``SIZE`` numbers a token, with the weight of each token of a question."""

    def __init__(self, model: str, tokenizer_size: int, light: list[int]) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(
            model,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            add_pooling_layer=False,
            attn_implementation="eager",  # the fused one takes twice as long to learn on a processor
        )
        width = self.body.config.hidden_size
        self.project = nn.Linear(width, SIZE, bias=False)
        self.word = nn.Embedding(tokenizer_size, 1)
        self.word.weight.data.fill_(1.0)
        self.word.weight.data[light] = -3.0
        self.place = nn.Linear(width, 1)  # by where a token stands; the files that ship have the layer under this name
        self.read = nn.Linear(width, READ)
        self.none = nn.Linear(width, 1)
        for layer in (self.place, self.none):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(
        self, ids: Tensor, mask: Tensor, kept: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Return tokens, their mean, and for questions: what the judge reads (READ), weights, and the score of "none".

        ``kept`` are the tokens whose mean is returned: those of a fact, without what stood before it.
        """
        hidden = self.body(input_ids=ids, attention_mask=mask).last_hidden_state
        tokens = self.project(hidden).float()
        some = mask[..., None].to(tokens.dtype)
        whole = normalize((tokens * some).sum(1) / some.sum(1), dim=-1)
        if kept is not None:
            whole = normalize((normalize(tokens, dim=-1) * kept[..., None]).sum(1), dim=-1)
        weights = torch.sigmoid(self.word(ids)[..., 0] + self.place(hidden)[..., 0].float()) * mask
        mean = (hidden * some).sum(1) / some.sum(1)
        return (
            normalize(tokens, dim=-1),
            whole,
            self.read(hidden).float(),
            weights / weights.sum(-1, keepdim=True),
            self.none(mean)[..., 0].float(),
            mean,
        )

    @torch.no_grad()
    def start_projection(self, ids: Tensor, mask: Tensor) -> None:
        """Set the projection to the first principal directions of some texts' tokens, which keep their cosines best."""
        hidden = self.body(input_ids=ids, attention_mask=mask).last_hidden_state[mask.bool()]
        _, _, directions = torch.linalg.svd(hidden.float(), full_matrices=False)
        self.project.weight.copy_(directions[:SIZE])


def encode(encoder: Encoder, ids: Tensor, mask: Tensor, kept: Tensor | None = None, parts: int = 4) -> tuple[Tensor, ...]:
    """Encode texts of like lengths together, so that little is spent on padding, and return them in their order."""
    order = mask.sum(1).argsort()
    encoded = []
    for some in order.chunk(parts):
        longest = int(mask[some].sum(1).max())
        tokens, whole, read, weights, none, mean = encoder(
            ids[some, :longest], mask[some, :longest], None if kept is None else kept[some, :longest]
        )
        more = ids.shape[1] - longest
        wide = (nn.functional.pad(values, (0, 0, 0, more)) for values in (tokens, read))
        encoded.append((next(wide), whole, next(wide), nn.functional.pad(weights, (0, more)), none, mean))
    back = order.argsort()
    return tuple(torch.cat(values)[back] for values in zip(*encoded, strict=True))


class Reader(nn.Module):
    """An encoder and its auxiliary judge, as they are trained together."""

    def __init__(self, model: str, tokenizer_size: int, light: list[int], features: int) -> None:
        super().__init__()
        self.encoder = Encoder(model, tokenizer_size, light)
        self.auxiliary_judge = Judge(features)
        self.reads_features = True  # of pairs; words of two languages cannot be compared
        self.width: int = self.encoder.body.config.hidden_size
        self.scale = nn.Parameter(torch.tensor(25.0))
        self.whole = nn.Parameter(torch.tensor(3.0))
        self.none = nn.Parameter(torch.tensor(13.0))
        self.none_near = nn.Linear(3, 1)
        nn.init.zeros_(self.none_near.weight)
        nn.init.zeros_(self.none_near.bias)

    def near(self, questions: tuple[Tensor, ...], question_mask: Tensor, facts: tuple[Tensor, ...], fact_mask: Tensor) -> Near:
        """Hold all questions against all facts; both as the encoder returns them."""
        q, q_whole, _, weights, none, _ = questions
        f, f_whole = facts[:2]
        cosines = torch.einsum("qid,fjd->qfij", q, f)
        best = cosines.masked_fill(fact_mask[None, :, None, :] == 0, -1.0).amax(-1)
        scores = self.scale * (best * weights[:, None, :]).sum(-1) + self.whole * (q_whole @ f_whole.T)
        return Near(scores, self.none + none, weights)

    def none_of(self, near: Near) -> Tensor:
        """Return the judge's score of "none of the facts" (questions): that of late interaction, moved by the nearest facts."""
        top = near.scores.topk(min(2, near.scores.shape[1]), 1).values.detach()
        return near.none + self.none_near(torch.stack([near.none.detach(), top[:, 0], top[:, -1]], -1) / 10)[:, 0]
