"""Which gold event mentions of ECB+ or MEANTIME tell of one event: our decision and the same-head-lemma baseline.

These mentions are words of any domain without codes, so the record's own merging does not apply to them; what is
measured is the same idea, a sum of weighed agreements and average linkage, on what the words give: the head's lemma,
who stands with it, names and figures of the sentence, the words around, and how alike the documents are. The weights
were fitted on the train part of ECB+ (`training/coreference.py`).
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.evaluation.clusters import conll
from dragoman.language.parsing import load as load_pipeline
from dragoman.language.sentence import Token

BIAS = -2.5
WEIGHTS = {
    "same lemma": 1.76, "related lemmas": 4.0, "words shared": 3.03, "documents alike": 1.79,
    "same lemma, documents alike": 9.18, "related lemmas, documents alike": 1.5, "same lemma, a rare one": -3.1,
    "sentences alike": -0.5, "same lemma, sentences alike": 2.91, "participants shared": 0.97, "names shared": 0.27,
    "figures differ": -0.01, "same document": -1.54, "participants differ": -0.46,
}  # fmt: skip
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "NUM", "ADJ"})
_LIGHT = frozenset("be have do the a say will in on of to".split())
_ENDINGS = ("ation", "ment", "ing", "ion", "er", "or", "al", "ed", "e", "s")
_NEAR = 0.15  # documents less alike than this are of other stories
_RARE = 6.0

Vector = Mapping[str, float]
_Sentences = dict[tuple[str, int], dict[int, str]]


@dataclass(frozen=True, slots=True)
class Mention:
    """A gold mention with what the decision looks at. `context` is a unit vector of the sentence's other words."""

    id: tuple[str, int, tuple[int, ...]]
    chain: str
    document: str
    lemma: str
    words: frozenset[str]
    context: Vector
    participants: frozenset[str]
    names: frozenset[str]
    figures: frozenset[str]
    rarity: float


def evaluate_coreference(folder: Path) -> dict[str, Any]:
    """Scores of the dev part of ECB+ in `folder`, or of MEANTIME (English and Spanish).

    Raises FileNotFoundError where the folder holds neither.
    """
    if (folder / "ECB_Dev_Event_gold_mentions.json").exists():
        return score(*read_ecb(folder, "Dev"))
    if (folder / "en" / "event_mentions.json").exists():
        return {name: score(*read_meantime(folder / name, name)) for name in ("en", "es")}
    raise FileNotFoundError(f"{folder}: neither ECB+ (ECB_Dev_Event_gold_mentions.json) nor MEANTIME (en/…)")


def score(mentions: Sequence[Mention], documents: Mapping[str, Vector]) -> dict[str, Any]:
    """The measures of the decision and of the baseline."""
    gold = {m.id: m.chain for m in mentions}
    return {
        "mentions": len(mentions),
        "chains": len(set(gold.values())),
        "same_head_lemma": conll(gold, {m.id: m.lemma for m in mentions}),
        "dragoman": conll(gold, decide(mentions, documents)),
    }


def decide(mentions: Sequence[Mention], documents: Mapping[str, Vector]) -> dict[tuple[str, int, tuple[int, ...]], int]:
    """The cluster of each mention, by average linkage of the pairs' scores."""
    weights = np.array(list(WEIGHTS.values()))
    scores = np.full((len(mentions), len(mentions)), BIAS - 3.0)
    for i, j, values in pairs(mentions, documents):
        scores[i, j] = scores[j, i] = BIAS + float(weights @ values)
    return {m.id: cluster for m, cluster in zip(mentions, _average_linkage(scores), strict=True)}


def pairs(mentions: Sequence[Mention], documents: Mapping[str, Vector]) -> Iterator[tuple[int, int, list[float]]]:
    """The pairs worth weighing, with the values of their features in the order of WEIGHTS."""
    alike: dict[tuple[str, str], float] = {}
    for i, a in enumerate(mentions):
        for j, b in enumerate(mentions[:i]):
            key = (a.document, b.document)
            if key not in alike:
                alike[key] = 1.0 if a.document == b.document else _dot(documents[key[0]], documents[key[1]])
            if a.lemma == b.lemma or alike[key] > _NEAR:
                yield i, j, _features(a, b, alike[key])


def _features(a: Mention, b: Mention, documents: float) -> list[float]:
    same = float(a.lemma == b.lemma)
    related = float(not same and _related(a.lemma, b.lemma))
    sentences = _dot(a.context, b.context)
    return [
        same,
        related,
        0.0 if same else _shared(a.words, b.words),
        documents,
        same * documents,
        related * documents,
        same * min(a.rarity, _RARE) / _RARE,
        sentences,
        same * sentences,
        _shared(a.participants, b.participants),
        _shared(a.names, b.names),
        float(bool(a.figures and b.figures) and a.figures.isdisjoint(b.figures)),
        float(a.document == b.document),
        float(bool(a.participants and b.participants) and a.participants.isdisjoint(b.participants)),
    ]


def _shared(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _stem(lemma: str) -> str:
    for ending in _ENDINGS:
        if lemma.endswith(ending) and len(lemma) - len(ending) >= 3:
            return lemma[: -len(ending)]
    return lemma


def _related(a: str, b: str) -> bool:
    """True for words of one root, as attack and attacker, announce and announcement."""
    one, two = _stem(a), _stem(b)
    shared = 0
    while shared < min(len(one), len(two)) and one[shared] == two[shared]:
        shared += 1
    return one == two or (shared >= 4 and shared >= 0.7 * max(len(one), len(two)))


def _dot(a: Vector, b: Vector) -> float:
    if len(a) > len(b):
        a, b = b, a
    return sum(x * b[w] for w, x in a.items() if w in b)


def _unit(counts: Counter[str], weight: Mapping[str, float]) -> Vector:
    found = {w: (1 + math.log(n)) * weight.get(w, 0.0) for w, n in counts.items()}
    length = math.sqrt(sum(x * x for x in found.values())) or 1.0
    return {w: x / length for w, x in found.items()}


def _average_linkage(scores: Any) -> list[int]:
    """Join the two clusters with the highest mean score while it is above 0; the cluster of each row."""
    scores = scores.copy()
    count = len(scores)
    np.fill_diagonal(scores, -np.inf)
    members = {i: [i] for i in range(count)}
    while len(members) > 1:
        i, j = divmod(int(np.argmax(scores)), count)
        if scores[i, j] <= 0:
            break
        joined = (len(members[i]) * scores[i] + len(members[j]) * scores[j]) / (len(members[i]) + len(members[j]))
        scores[i] = scores[:, i] = joined
        scores[i, i] = -np.inf
        scores[j] = scores[:, j] = -np.inf
        members[i] += members.pop(j)
    of = {row: cluster for cluster, rows in members.items() for row in rows}
    return [of[i] for i in range(count)]


def read_ecb(folder: Path, part: str) -> tuple[list[Mention], dict[str, Vector]]:
    """The event mentions and document vectors of a part (`Train` or `Dev`) of ECB+ in the Cybulska setup."""
    sentences: _Sentences = defaultdict(dict)
    for line in (folder / f"ECB_{part}_corpus.txt").read_text("utf-8").splitlines():
        columns = line.split("\t")
        if len(columns) >= 4:
            sentences[columns[0], int(columns[1])][int(columns[2])] = columns[3] or "_"
    rows = json.loads((folder / f"ECB_{part}_Event_gold_mentions.json").read_text("utf-8"))
    return _mentions(rows, sentences, "en", lambda document: document)


def read_meantime(folder: Path, language: str) -> tuple[list[Mention], dict[str, Vector]]:
    """The event mentions and document vectors of one language of MEANTIME, in the Diverse CDCR conversion."""
    sentences: _Sentences = defaultdict(dict)
    for line in (folder / "meantime.conll").read_text("utf-8").splitlines():
        columns = line.split("\t")
        if len(columns) >= 4:
            document = columns[0].rpartition("/")[2]
            sentences[document, int(columns[1])][int(columns[2])] = columns[3] or "_"
    rows = json.loads((folder / "event_mentions.json").read_text("utf-8"))
    return _mentions(rows, sentences, language, lambda document: document.partition("_")[0])


def _mentions(
    rows: Iterable[dict[str, Any]], sentences: _Sentences, language: str, number: Any
) -> tuple[list[Mention], dict[str, Vector]]:
    keys = list(sentences)
    numbers = {key: sorted(sentences[key]) for key in keys}
    pipeline = load_pipeline(language)
    parsed = pipeline.analyse_words([[sentences[key][n] for n in numbers[key]] for key in keys])
    trees = {key: sentence.tokens for key, sentence in zip(keys, parsed, strict=True)}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (document, _), tokens in trees.items():
        counts[document].update(_content(tokens))
    frequency = Counter(word for words in counts.values() for word in words)
    weight = {word: math.log(len(counts) / n) for word, n in frequency.items()}
    found = []
    for row in rows:
        document = number(row["doc_id"])
        key = (document, int(row["sent_id"]))
        inside = [numbers[key].index(n) for n in row["tokens_number"] if n in numbers[key]] or [0]
        place = (row["doc_id"], int(row["sent_id"]), tuple(row["tokens_number"]))
        found.append(_mention(place, row["coref_chain"], document, trees[key], inside, weight))
    return found, {document: _unit(words, weight) for document, words in counts.items()}


def _content(tokens: Iterable[Token]) -> list[str]:
    return [t.lemma.lower() for t in tokens if t.pos in _CONTENT and t.lemma.lower() not in _LIGHT]


def _mention(
    place: tuple[str, int, tuple[int, ...]],
    chain: str,
    document: str,
    tokens: Sequence[Token],
    inside: Sequence[int],
    weight: Mapping[str, float],
) -> Mention:
    heads = [i for i in inside if tokens[i].head not in inside or tokens[i].head == i] or [inside[-1]]
    head = next((i for i in heads if tokens[i].pos == "VERB"), heads[-1])
    rest = [t for i, t in enumerate(tokens) if i not in inside]
    around = [t for i, t in enumerate(tokens) if i != head and (t.head == head or i == tokens[head].head)]
    lemma = tokens[head].lemma.lower()
    return Mention(
        id=place,
        chain=chain,
        document=document,
        lemma=lemma,
        words=frozenset(tokens[i].lemma.lower() for i in inside) - _LIGHT,
        context=_unit(Counter(_content(rest)), weight),
        participants=frozenset(t.lemma.lower() for t in around if t.pos in ("NOUN", "PROPN")),
        names=frozenset(t.lemma.lower() for t in rest if t.pos == "PROPN"),
        figures=frozenset(t.lemma.lower() for t in tokens if t.pos == "NUM"),
        rarity=weight.get(lemma, 5.0),
    )
