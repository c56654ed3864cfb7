"""The reader as a network: an encoder of tokens, late interaction, and a judge that reads question and fact together.

*Encoder.* Question and fact are encoded apart by the same pretrained transformer; a projection cuts each token to ``SIZE``
numbers of length one. Facts are encoded once and stored; a question costs one pass.

*Late interaction* (ColBERT, Khattab and Zaharia 2020). Each token of the question takes its greatest cosine with any token of the
fact; learned weights, near zero for function words, add these up, and the cosine of both texts' mean tokens is added. This ranks
all facts of a story, with "none of them" as one more candidate.

*Judge.* For the nearest few, a small transformer reads the stored tokens of the fact beside those of the question, with how well
each token is met, and sees what the rules know of the pair (names, dates, slots, speakers). It gives the final score, whether
the fact answers too, where the short answer starts and ends, whether there is one, and yes or no.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import normalize
from transformers import AutoModel

SIZE = 96  # numbers a stored token
WIDTH = 128  # of the judge
LAYERS = 2  # of the judge
HEADS = 4
FAR = -1e4  # a score that no softmax sees
LIGHT = (
    "a an the of to in on at for and or is are was were be been do does did has have had it its that this by from any as ? . ,"
    " ' s so ok hey guys <s> </s>"
).split()


class Encoded(NamedTuple):
    """Texts as encoded: ``ids`` and ``mask`` (texts, tokens), ``hidden`` (texts, tokens, width), ``tokens`` (texts, tokens, SIZE)
    of length one, ``whole`` (texts, SIZE), their mean, of length one.
    """

    ids: Tensor
    mask: Tensor
    hidden: Tensor
    tokens: Tensor
    whole: Tensor


class Near(NamedTuple):
    """Questions held against facts by late interaction.

    ``scores`` (questions, facts), ``none`` (questions), ``cosines`` (questions, facts, tokens of the question, tokens of the
    fact), ``weights`` (questions, tokens), which add up to one.
    """

    scores: Tensor
    none: Tensor
    cosines: Tensor
    weights: Tensor


class Verdict(NamedTuple):
    """Pairs of question and fact as judged: ``score`` is added to the nearness, ``also`` is the log odds that the fact answers,
    ``start`` and ``end`` (pairs, tokens of the fact) are scores of where the short answer is, ``short`` the log odds that there
    is one, ``yes`` (pairs, 2) scores of no and yes.
    """

    score: Tensor
    also: Tensor
    start: Tensor
    end: Tensor
    short: Tensor
    yes: Tensor


class Encoder(nn.Module):
    """The pretrained transformer, cut to ``SIZE`` numbers a token, with the weight of each token of a question."""

    def __init__(self, model: str, tokenizer_size: int, light: list[int]) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(
            model, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, add_pooling_layer=False
        )
        width = self.body.config.hidden_size
        self.project = nn.Linear(width, SIZE, bias=False)
        self.word = nn.Embedding(tokenizer_size, 1)
        self.word.weight.data.fill_(1.0)
        self.word.weight.data[light] = -3.0
        self.place = nn.Linear(width, 1)
        self.read = nn.Linear(width, WIDTH)
        self.none = nn.Linear(width, 1)
        for layer in (self.place, self.none):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Return tokens, their mean, and for questions: hidden for the judge (WIDTH), weights, and the score of "none"."""
        hidden = self.body(input_ids=ids, attention_mask=mask).last_hidden_state
        tokens = self.project(hidden).float()
        some = mask[..., None].to(tokens.dtype)
        whole = normalize((tokens * some).sum(1) / some.sum(1), dim=-1)
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


class Layer(nn.Module):
    """A layer of the judge: attention, then a wider layer, each added to what came in. Its shapes survive the export to ONNX."""

    def __init__(self) -> None:
        super().__init__()
        self.mix = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.wide = nn.Linear(WIDTH, 2 * WIDTH)
        self.narrow = nn.Linear(2 * WIDTH, WIDTH)
        self.before_mix = nn.LayerNorm(WIDTH)
        self.before_wide = nn.LayerNorm(WIDTH)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return the tokens (pairs, tokens, WIDTH) after the layer; ``mask`` marks those that are none."""
        parts = self.mix(self.before_mix(x)).unflatten(-1, (3, HEADS, WIDTH // HEADS))
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)
        scores = (query @ key.transpose(-1, -2)) / (WIDTH // HEADS) ** 0.5
        mixed = scores.masked_fill(mask[:, None, None, :], FAR).softmax(-1) @ value
        x = x + self.out(mixed.transpose(1, 2).flatten(-2))
        return x + self.narrow(nn.functional.gelu(self.wide(self.before_wide(x))))


class Judge(nn.Module):
    """Reads a question and a fact together, from their tokens."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.fact = nn.Linear(SIZE, WIDTH)
        self.met = nn.Linear(2, WIDTH)
        self.kind = nn.Parameter(torch.zeros(3, WIDTH))
        self.features = nn.Sequential(nn.Linear(features, 32), nn.GELU(), nn.Linear(32, WIDTH))
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.last = nn.LayerNorm(WIDTH)
        self.verdict = nn.Linear(WIDTH, 5)
        self.known = nn.Linear(features, 2)  # the name that shipped checkpoints have; so has the input
        self.span = nn.Linear(WIDTH, 2)
        for each in (self.verdict, self.known, self.span):
            nn.init.zeros_(each.weight)
            nn.init.zeros_(each.bias)
        nn.init.normal_(self.kind, std=0.02)

    def forward(
        self,
        question: Tensor,
        question_mask: Tensor,
        weights: Tensor,
        fact: Tensor,
        fact_mask: Tensor,
        cosines: Tensor,
        known: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Return the fields of a `Verdict` for pairs; ``known`` (pairs, features) are their features, under the shipped name."""
        cosines = cosines.masked_fill(fact_mask[:, None, :] == 0, 0.0)
        met = cosines.amax(2)
        meets = (cosines * question_mask[:, :, None]).amax(1)
        q = question + self.met(torch.stack([met, weights * 10], -1)) + self.kind[0]
        f = self.fact(fact * SIZE**0.5) + self.met(torch.stack([meets, torch.zeros_like(meets)], -1)) + self.kind[1]
        head = (self.features(known) + self.kind[2])[:, None]
        mask = torch.cat([torch.ones_like(question_mask[:, :1]), question_mask, fact_mask], 1) == 0
        x = torch.cat([head, q, f], 1)
        for layer in self.layers:
            x = layer(x, mask)
        x = self.last(x)
        score, also, short, no, yes = self.verdict(x[:, 0]).unbind(-1)
        shift = self.known(known)
        start, end = self.span(x[:, 1 + question.shape[1] :]).masked_fill(fact_mask[..., None] == 0, FAR).unbind(-1)
        return score + shift[:, 0], also + shift[:, 1], start, end, short, torch.stack([no, yes], -1)


def encode(encoder: Encoder, ids: Tensor, mask: Tensor, parts: int = 4) -> tuple[Tensor, ...]:
    """Encode texts of like lengths together, so that little is spent on padding, and return them in their order."""
    order = mask.sum(1).argsort()
    found = []
    for some in order.chunk(parts):
        longest = int(mask[some].sum(1).max())
        tokens, whole, read, weights, none, mean = encoder(ids[some, :longest], mask[some, :longest])
        more = ids.shape[1] - longest
        wide = (nn.functional.pad(each, (0, 0, 0, more)) for each in (tokens, read))
        found.append((next(wide), whole, next(wide), nn.functional.pad(weights, (0, more)), none, mean))
    back = order.argsort()
    return tuple(torch.cat(each)[back] for each in zip(*found, strict=True))


class Reader(nn.Module):
    """Encoder and judge together, as they are trained."""

    def __init__(self, model: str, tokenizer_size: int, light: list[int], features: int) -> None:
        super().__init__()
        self.encoder = Encoder(model, tokenizer_size, light)
        self.judge = Judge(features)
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
        return Near(scores, self.none + none, cosines, weights)

    def none_of(self, near: Near) -> Tensor:
        """Return the judge's score of "none of the facts" (questions): that of late interaction, moved by the nearest facts."""
        top = near.scores.topk(min(2, near.scores.shape[1]), 1).values.detach()
        return near.none + self.none_near(torch.stack([near.none.detach(), top[:, 0], top[:, -1]], -1) / 10)[:, 0]
