"""Train the tagger and parser of one language: `python training/pipelines.py en --treebanks FOLDER --out FOLDER`.

Reads `configs/LANGUAGE.toml`, trains morphologizer and parser on a shared token-to-vector layer with spaCy, and writes
what `dragoman.language.parsing` loads: `pipeline.json` (configuration and labels) and `weights.npz` (half precision).
About twenty minutes for English on one thread.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, Config, fix_random_seed

from dragoman.evaluation.treebank import Tree, read
from dragoman.language.parsing import SAME_SIGN, build

sys.path.insert(0, str(Path(__file__).parent))
from augment import as_in_the_news
from newsgrammar import EnglishNews
from newsgrammar_fr import FrenchNews

HERE = Path(__file__).parent
NEWS: dict[str, type[EnglishNews] | type[FrenchNews]] = {"en": EnglishNews, "fr": FrenchNews}
CONFIG = """
[nlp]
lang = "xx"
pipeline = ["tok2vec", "morphologizer", "parser"]

[components]

[components.tok2vec]
factory = "tok2vec"

[components.tok2vec.model]
@architectures = "spacy.Tok2Vec.v2"

[components.tok2vec.model.embed]
@architectures = "spacy.MultiHashEmbed.v2"
width = {width}
attrs = ["NORM", "PREFIX", "SUFFIX", "SHAPE"]
rows = {rows}
include_static_vectors = false

[components.tok2vec.model.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = {width}
depth = {depth}
window_size = 1
maxout_pieces = 3

[components.morphologizer]
factory = "morphologizer"

[components.morphologizer.model]
@architectures = "spacy.Tagger.v2"

[components.morphologizer.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = {width}

[components.parser]
factory = "parser"
min_action_freq = 5
update_with_oracle_cut_size = 100

[components.parser.model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "parser"
extra_state_tokens = false
hidden_width = {hidden}
maxout_pieces = 2
use_upper = true

[components.parser.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = {width}
"""


def example(nlp: Language, tree: Tree) -> Example:
    """One gold tree as spaCy wants it; the predicted side has only the words."""
    words = [word.form.translate(SAME_SIGN) for word in tree]
    gold = Doc(
        nlp.vocab,
        words=words,
        pos=[word.pos for word in tree],
        morphs=[word.morph for word in tree],
        heads=[word.head for word in tree],
        deps=["ROOT" if word.dep == "root" else word.dep for word in tree],
    )
    return Example(Doc(nlp.vocab, words=words), gold)


def load(folder: Path, names: Iterable[str], copies: dict[str, int], whole: bool = False) -> list[Tree]:
    """The trees of the named files, each as often as `copies` says for the start of its identifier (default: once)."""
    trees = []
    for name in names:
        for identifier, tree in read(folder / name, whole):
            count = next((n for start, n in copies.items() if identifier.startswith(start)), 1)
            trees.extend([tree] * count)
    return trees


def batches(examples: Sequence[Example], words: int, chance: random.Random) -> list[list[Example]]:
    """Shuffled batches of about `words` words, sentences of like length together."""
    order = sorted(examples, key=lambda e: len(e.predicted) + chance.random() * 8)
    made, batch, size = [], [], 0
    for item in order:
        batch.append(item)
        size += len(item.predicted)
        if size >= words:
            made.append(batch)
            batch, size = [], 0
    if batch:
        made.append(batch)
    chance.shuffle(made)
    return made


def score(nlp: Language, trees: Sequence[Tree]) -> dict[str, float]:
    """UPOS, UAS and LAS (punctuation left out), and F of subjects and objects, in percent, on gold tokens."""
    docs = list(
        nlp.pipe(
            Doc(
                nlp.vocab,
                words=[w.form.translate(SAME_SIGN) for w in tree],
                sent_starts=[i == 0 for i in range(len(tree))],
            )
            for tree in trees
        )
    )
    tally = dict.fromkeys(("words", "pos", "scored", "head", "both"), 0)
    core = {name: [0, 0, 0] for name in ("nsubj", "obj", "obl")}
    for tree, doc in zip(trees, docs, strict=True):
        for word, token in zip(tree, doc, strict=True):
            dep = "root" if token.dep_ == "ROOT" else token.dep_
            tally["words"] += 1
            tally["pos"] += word.pos == token.pos_
            same = token.head.i == word.head
            if word.pos != "PUNCT":
                tally["scored"] += 1
                tally["head"] += same
                tally["both"] += same and dep == word.dep
            for name, counts in core.items():
                gold, found = word.dep.split(":")[0] == name, dep.split(":")[0] == name
                counts[0] += gold and found and same
                counts[1] += gold
                counts[2] += found
    result = {
        "upos": 100 * tally["pos"] / tally["words"],
        "uas": 100 * tally["head"] / tally["scored"],
        "las": 100 * tally["both"] / tally["scored"],
    }
    result |= {name: 200 * right / max(1, gold + found) for name, (right, gold, found) in core.items()}
    return {name: round(value, 1) for name, value in result.items()}


def train(settings: dict[str, Any], treebanks: Path, start: Path | None = None, silver: Path | None = None) -> Language:
    """Train for a fixed number of epochs with a rate that falls to nought; keep the last or the averaged weights.

    With `start`, a folder made by `export`, training goes on from its weights; `silver` are trees of a teacher.
    """
    fix_random_seed(1)
    chance = random.Random(1)
    shape = {key: settings[key] for key in ("width", "depth", "rows")} | {"hidden": settings.get("hidden", 64)}
    if start is None:
        nlp = spacy.util.load_model_from_config(Config().from_str(CONFIG.format(**shape)), auto_fill=True)
    else:
        nlp = build(start)
    whole = settings.get("whole", False)
    trees = load(treebanks, settings["train"], settings["copies"], whole)
    if silver is not None:
        trees += [tree for _, tree in read(silver, whole)]
    develop = [tree for name in settings["develop"] for tree in load(treebanks, [name], {}, whole)[:500]]
    total = sum(map(len, trees))
    print(f"{len(trees)} sentences, {total} words", file=sys.stderr)
    plain = [example(nlp, tree) for tree in trees]
    made_up = settings.get("made_up", 0)
    if made_up:
        news = NEWS[settings["language"]](HERE / "configs" / f"{settings['language']}_news.toml", chance)
        plain += [example(nlp, news.sentence()) for _ in range(made_up)]
        total += 9 * made_up
    if start is None:
        nlp.initialize(lambda: plain)
    optimizer = Adam(0.001, L2=0.01, grad_clip=1.0, use_averages=True)
    epochs, words = settings["epochs"], settings.get("batch", 700)
    steps, step, started = epochs * (total // words + 1), 0, time.monotonic()
    for epoch in range(epochs):
        losses: dict[str, float] = {}
        told = [example(nlp, as_in_the_news(tree, chance)) for tree in trees]
        told += [example(nlp, news.sentence()) for _ in range(made_up)]
        for batch in batches(told, words, chance):
            step += 1
            optimizer.learn_rate = settings.get("rate", 0.002) * min(1.0, step / 200) * max(0.02, 1 - step / steps)
            nlp.update(batch, sgd=optimizer, drop=settings["dropout"], losses=losses)
        if epoch % 3 == 2 or epoch == epochs - 1:
            report = score(nlp, develop)
            with nlp.use_params(optimizer.averages):
                averaged = score(nlp, develop)
        else:
            report = averaged = {}
        spent = int(time.monotonic() - started)
        rounded = {name: round(loss) for name, loss in losses.items()}
        print(f"epoch {epoch} {spent}s {rounded} last {report} averaged {averaged}", file=sys.stderr, flush=True)
    if averaged["las"] > report["las"]:
        _keep(nlp, optimizer.averages)
    return nlp


def _components(nlp: Language) -> list[tuple[str, Any]]:
    return list(nlp.pipeline)


def _keep(nlp: Language, averages: dict[Any, Any]) -> None:
    """Make the averaged weights the model's own."""
    with nlp.use_params(averages):
        saved = {name: component.model.to_bytes() for name, component in _components(nlp)}
    for name, component in _components(nlp):
        component.model.from_bytes(saved[name])


def export(nlp: Language, folder: Path) -> None:
    """Write `pipeline.json` and `weights.npz`: each array is named `component/node/parameter`, in half precision."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays, labels = {}, {}
    for name, component in _components(nlp):
        for number, node in enumerate(component.model.walk()):
            for parameter in node.param_names:
                if node.has_param(parameter):
                    arrays[f"{name}/{number}/{parameter}"] = node.get_param(parameter).astype(np.float16)
        if name != "tok2vec":
            labels[name] = component.label_data
    np.savez(folder / "weights.npz", **arrays)
    config = {"nlp": {"lang": "xx", "pipeline": nlp.pipe_names}, "components": nlp.config["components"]}
    (folder / "pipeline.json").write_text(json.dumps({"config": config, "labels": labels}, ensure_ascii=False), "utf-8")


def main() -> None:
    """Read the command line, train, measure on the test files, export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language")
    parser.add_argument("--treebanks", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--start", type=Path, help="go on from the weights in this folder")
    parser.add_argument("--silver", type=Path, help="more trees, made by training/teacher.py")
    parser.add_argument("--made-up", type=int, help="made-up sentences an epoch")
    arguments = parser.parse_args()
    settings = tomllib.loads((HERE / "configs" / f"{arguments.language}.toml").read_text("utf-8"))
    for name in ("epochs", "rate", "made_up"):
        if getattr(arguments, name):
            settings[name] = getattr(arguments, name)
    nlp = train(settings, arguments.treebanks, arguments.start, arguments.silver)
    export(nlp, arguments.out)
    for name in settings["test"]:
        print(
            json.dumps({"test": name} | score(nlp, load(arguments.treebanks, [name], {}, settings.get("whole", False))))
        )


if __name__ == "__main__":
    main()
