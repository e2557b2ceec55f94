"""Train the Arabic clitic cutter, tagger and parser: `python training/arabic.py --data FOLDER --out FOLDER`.

FOLDER holds UD_Arabic-PUD, ANERcorp, the Camel Morph verb list and our own sentences as they lie in the project's
shared data. Averaged perceptrons; about ten minutes on one thread. Writes what `dragoman.language.ar` loads:
`words.tsv.gz` (free words and how often they were seen, verb stems and lemmas) and `model.npz`.
With `--measure` the last 200 sentences are held apart and scores are printed.
"""

from __future__ import annotations

import argparse
import gzip
import math
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dragoman.language.ar.lexicon import Lexicon, closed_words, common_verbs, listed_nouns, whole_words
from dragoman.language.ar.linear import Linear, Trainer
from dragoman.language.ar.normalise import bare, key
from dragoman.language.ar.parser import SHIFT, Parser, State, rich_tag
from dragoman.language.ar.parser import features as state_features
from dragoman.language.ar.tagger import Piece, Tagger, context, shape
from dragoman.language.ar.tokeniser import Tokeniser, cuts, features
from dragoman.language.ar.verbs import Verbs


@dataclass(frozen=True, slots=True)
class Gold:
    """One treebank token."""

    form: str
    pos: str
    morph: str
    head: int  # index in the sentence, -1 for the root
    dep: str
    glued: bool  # no white space after it


def treebank(path: Path) -> list[list[Gold]]:
    """The sentences of a CoNLL-U file."""
    sentences = []
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        sentences.append(
            [Gold(r[1], r[3], r[5], int(r[6]) - 1, r[7], "SpaceAfter=No" in r[9]) for r in rows if r[0].isdigit()]
        )
    return sentences


def surface_words(sentence: Sequence[Gold]) -> list[tuple[str, ...]]:
    """The Arabic words of a sentence, each as its pieces."""
    words: list[tuple[str, ...]] = []
    current: list[str] = []
    for token in [*sentence, Gold("", "PUNCT", "", -1, "", False)]:
        form = bare(token.form)
        if re.fullmatch("[\u0621-\u06d3]+", form):
            current.append(form)
            if token.glued:
                continue
        if current:
            words.append(tuple(current))
        current = []
    return words


def free_words(data: Path) -> tuple[Counter[str], Counter[str]]:
    """How often a matching form stands alone as a word in newswire and our own sentences; how often within a name."""
    counts: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for part in ("train", "test"):
        path = data / "ner/ANERcorp" / f"ANERCorp_CamelLab_{part}.txt"
        for line in path.read_text(encoding="utf-8").splitlines():
            word, _, tag = line.partition(" ")
            word = bare(word)
            if re.fullmatch("[\u0621-\u06d3]{2,}", word):
                counts[key(word)] += 1
                names[key(word)] += tag[2:] in ("PERS", "LOC")
    for line in (data / "sentences/arabic.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        for word in re.findall("[\u0621-\u06d3]{2,}", bare(line.split("\t")[3])):
            counts[key(word)] += 1
    return counts, names


def lexicon(data: Path) -> tuple[Lexicon, list[tuple[str, str, str, str]]]:
    """The lexicon that is shipped, and the rows of its verbs."""
    counts, names = free_words(data)
    shares = {w: min(3, 1 + int(2.5 * n / counts[w])) for w, n in names.items() if n}
    rows = verb_rows(data)
    verbs = Verbs(rows, common_verbs())
    return Lexicon(scale(counts), shares, verbs, whole_words(), closed_words(), listed_nouns()), rows


def verb_rows(data: Path) -> list[tuple[str, str, str, str]]:
    """Lemma without marks, last root letter, past and present stems of every verb, one row a spelling."""
    merged: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for line in (data / "lexicon/arabic_verbs_msa.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        _, lemma, root, _, _, past, present, _ = line.split("\t")
        stems = merged.setdefault((bare(lemma), root.rpartition(".")[2]), (set(), set()))
        stems[0].update(past.split())
        stems[1].update(present.split())
    return [(lemma, last, " ".join(sorted(p)), " ".join(sorted(i))) for (lemma, last), (p, i) in sorted(merged.items())]


def train_cutter(sentences: list[list[Gold]], known: dict[str, int]) -> Trainer:
    """A ranking perceptron over the legal cuts of every word."""
    trainer = Trainer(["cut"], 1 << 18)
    words = Counter(w for s in sentences for w in surface_words(s))
    items = list(words.items())
    cached = []
    for pieces, count in items:
        word = "".join(pieces)
        options = list(cuts(word))
        right = [i for i, (p, s, x) in enumerate(options) if (*p, *([s] if s else []), *([x] if x else [])) == pieces]
        if len(options) > 1 and right:
            rows = [trainer.rows(features(*o, known)) for o in options]
            cached.append((rows, right[0], min(3, count)))
    for _ in range(12):
        random.shuffle(cached)
        for rows, right_option, times in cached:
            for _ in range(times):
                scores = [float(trainer.scores(r)[0]) - (2.0 if i == right_option else 0.0) for i, r in enumerate(rows)]
                wrong = int(np.argmax(scores))
                trainer.rank(rows[right_option], rows[wrong] if wrong != right_option else None)
    return trainer


def scale(counts: Counter[str]) -> dict[str, int]:
    """Counts on a log scale, so that a feature can name them."""
    return {word: min(6, 1 + int(math.log2(n))) for word, n in counts.items()}


def measure_cutter(model: Linear, known: dict[str, int], whole: frozenset[str], held: list[list[Gold]]) -> str:
    """Accuracy by word and F of inner boundaries."""
    tokeniser = Tokeniser(model, known, whole)
    right = total = both = gold_cuts = found_cuts = 0
    for sentence in held:
        for pieces in surface_words(sentence):
            guess = tokeniser.cut("".join(pieces))
            right += guess == pieces
            total += 1
            g = {sum(map(len, pieces[:i])) for i in range(1, len(pieces))}
            f = {sum(map(len, guess[:i])) for i in range(1, len(guess))}
            both, gold_cuts, found_cuts = both + len(g & f), gold_cuts + len(g), found_cuts + len(f)
    return f"words {right / total:.3%}, boundary F {2 * both / (gold_cuts + found_cuts):.3%}"


LABELS_LEFT_OUT = {
    "dep": "nmod",
    "list": "conj",
    "reparandum": "dep",
    "goeswith": "flat",
    "orphan": "dep",
    "vocative": "nmod",
}


def label(dep: str) -> str:
    """The label that the parser learns."""
    if dep in ("nsubj:pass", "csubj:pass", "acl:relcl", "obl:tmod", "compound:prt"):
        return dep
    base = dep.partition(":")[0]
    return LABELS_LEFT_OUT.get(base, base)


def pieces_of(sentence: Sequence[Gold]) -> list[Piece]:
    """The tokens of a gold sentence as the models see them."""
    found = []
    for i, token in enumerate(sentence):
        form = bare(token.form) or token.form
        letters = re.fullmatch("[\u0621-\u06d3]+", form) is not None
        left = i > 0 and sentence[i - 1].glued and sentence[i - 1].pos != "PUNCT" and letters
        right = token.glued and i + 1 < len(sentence) and sentence[i + 1].pos != "PUNCT" and letters
        found.append(Piece(key(token.form) or token.form, form, left, right))
    return found


def train_tagger(sentences: list[list[Gold]], words: Lexicon, rounds: int = 6) -> Linear:
    """An averaged perceptron, tagging left to right with its own guesses."""
    classes = sorted({t.pos for s in sentences for t in s})
    trainer = Trainer(classes, 1 << 19)
    data = []
    for sentence in sentences:
        pieces = pieces_of(sentence)
        data.append((pieces, [shape(p, words) for p in pieces], [classes.index(t.pos) for t in sentence]))
    for _ in range(rounds):
        random.shuffle(data)
        for pieces, shapes, gold in data:
            tags: list[str] = []
            for i, right in enumerate(gold):
                rows = list(dict.fromkeys(trainer.rows(context(shapes, pieces, tags, i))))
                guess = int(trainer.scores(rows).argmax())
                trainer.update(rows, right, guess)
                tags.append(classes[guess])
    return Linear(classes, *trainer.finish())


def costs(state: State, heads: Sequence[int]) -> tuple[int, int, int]:
    """Gold arcs lost by shifting, by attaching to the front, by attaching to the word below (Goldberg & Nivre 2013)."""
    stack, front, n = state.stack, state.front, state.n
    shift = left = right = 0
    if front < n:
        shift = (heads[front] in stack[:-1]) + sum(heads[s] == front for s in stack)
    if stack:
        top = stack[-1]
        lost = sum(heads[b] == top for b in range(front, n))
        head = heads[top]
        below = stack[-2] if len(stack) > 1 else -2
        left = lost + (head != front and (head > front or head == below))
        right = lost + (head >= front)
    return shift, left, right


def train_parser(sentences: list[list[Gold]], tags: list[list[str]], words: Lexicon, rounds: int = 8) -> Linear:
    """An averaged perceptron with a dynamic oracle, following its own decisions after the first round."""
    counts = Counter(label(t.dep) for s in sentences for t in s)
    kept = {name if count >= 8 else "dep" for name, count in counts.items()}
    classes = [SHIFT, *sorted(f"L-{k}" for k in kept), *sorted(f"R-{k}" for k in kept)]
    column = {c: i for i, c in enumerate(classes)}
    lefts = [i for c, i in column.items() if c[0] == "L"]
    rights = [i for c, i in column.items() if c[0] == "R"]
    trainer = Trainer(classes, 1 << 21)
    data = []
    for sentence, guessed in zip(sentences, tags, strict=True):
        pieces = pieces_of(sentence)
        rich = [rich_tag(p, t, words) for p, t in zip(pieces, guessed, strict=True)] + ["ROOT"]
        heads = [t.head if t.head >= 0 else len(sentence) for t in sentence]
        labels = [lab if (lab := label(t.dep)) in kept else "dep" for t in sentence]
        data.append(([p.form for p in pieces] + ["ROOT"], rich, heads, labels))
    for number in range(rounds):
        random.shuffle(data)
        for forms, rich, heads, labels in data:
            state = State(len(heads))
            while not state.done:
                rows = list(dict.fromkeys(trainer.rows(state_features(state, forms, rich))))
                scores = trainer.scores(rows)
                legal = state.legal()
                for allowed, columns in zip(legal, ([0], lefts, rights), strict=True):
                    if not allowed:
                        scores[columns] = -1e9
                cost = costs(state, heads)
                least = min(c for c, allowed in zip(cost, legal, strict=True) if allowed)
                good = []
                if legal[0] and cost[0] == least:
                    good.append(0)
                if legal[1] and cost[1] == least:
                    top = state.stack[-1]
                    good += [column["L-" + labels[top]]] if heads[top] == state.front else lefts
                if legal[2] and cost[2] == least:
                    top = state.stack[-1]
                    good += [column["R-" + labels[top]]] if heads[top] == state.stack[-2] else rights
                guess = int(scores.argmax())
                best = guess if guess in good else max(good, key=lambda c: scores[c])
                trainer.update(rows, best, guess)
                state.apply(classes[guess if number > 0 and random.random() < 0.9 else best])
    return Linear(classes, *trainer.finish())


def jackknife(sentences: list[list[Gold]], words: Lexicon, folds: int = 4) -> list[list[str]]:
    """Tags for training the parser, each sentence tagged by a model that has not seen it."""
    found: list[list[str]] = [[] for _ in sentences]
    for fold in range(folds):
        tagger = Tagger(train_tagger([s for i, s in enumerate(sentences) if i % folds != fold], words, 4), words)
        for i in range(fold, len(sentences), folds):
            found[i] = tagger.tags(pieces_of(sentences[i]))
    return found


def measure(tagger: Tagger, parser: Parser, held: list[list[Gold]]) -> str:
    """UPOS, UAS, LAS without punctuation, and F of subjects and objects, on gold tokens."""
    tags_right = total = arcs = labelled = scored = 0
    pairs: dict[str, Counter[str]] = {"nsubj": Counter(), "obj": Counter(), "obl": Counter()}
    for sentence in held:
        pieces = pieces_of(sentence)
        tags = tagger.tags(pieces)
        heads, labels = parser.parse(pieces, tags)
        for i, token in enumerate(sentence):
            total += 1
            tags_right += tags[i] == token.pos
            head, gold_label = token.head if token.head >= 0 else len(sentence), label(token.dep)
            if token.pos != "PUNCT":
                scored += 1
                arcs += heads[i] == head
                labelled += heads[i] == head and labels[i] == gold_label
            for name, count in pairs.items():
                is_gold, is_found = gold_label.partition(":")[0] == name, labels[i].partition(":")[0] == name
                count["gold"] += is_gold
                count["found"] += is_found
                count["both"] += is_gold and is_found and heads[i] == head
    f = ", ".join(f"{n} F {2 * c['both'] / max(1, c['gold'] + c['found']):.1%}" for n, c in pairs.items())
    return f"UPOS {tags_right / total:.1%}, UAS {arcs / scored:.1%}, LAS {labelled / scored:.1%}, {f}"


def write(out: Path, words: Lexicon, rows: list[tuple[str, str, str, str]], models: dict[str, Linear]) -> None:
    """`words.tsv.gz` and `model.npz`, the same bytes for the same input."""
    lines = [f"word\t{w}\t{n}\t{words.names.get(w, 0)}" for w, n in sorted(words.known.items()) if n > 1]
    lines += ["\t".join(("verb", *row)) for row in rows]
    (out / "words.tsv.gz").write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
    arrays = {}
    for name, model in models.items():
        for part, array in model.packed().items():
            arrays[f"{name}.{part}"] = array
    np.savez_compressed(out / "model.npz", **arrays)


def main() -> None:
    """Train, measure or write."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--out", type=Path)
    arguments.add_argument("--measure", action="store_true")
    given = arguments.parse_args()
    random.seed(7)
    sentences = treebank(next((given.data / "treebanks/UD_Arabic-PUD").glob("*.conllu")))
    train, held = (sentences[:800], sentences[800:]) if given.measure else (sentences, [])
    words, rows = lexicon(given.data)
    cutter = Linear(["cut"], *train_cutter(train, dict(words.known)).finish())
    tagger = train_tagger(train, words)
    parser = train_parser(train, jackknife(train, words), words)
    if given.measure:
        print(measure_cutter(cutter, dict(words.known), words.whole, held))
        print(measure(Tagger(tagger, words), Parser(parser, words), held))
    if given.out:
        given.out.mkdir(parents=True, exist_ok=True)
        write(given.out, words, rows, {"cutter": cutter, "tagger": tagger, "parser": parser})


if __name__ == "__main__":
    main()
