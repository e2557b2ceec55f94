"""Type given the pair, by frames and by the type model: our own sentences with both sides marked, any language.

The two marked phrases stand for two parties, whoever they are, so that only predicates, roles and syntax are measured.
A sentence gets the type of the event that has both parties, else of one that has either, else of any, else `NONE`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.actors import registry
from dragoman.actors.linking import Linker, TextUnit
from dragoman.actors.mention import Actor, Kind, Mention
from dragoman.codebook import load as load_codebook
from dragoman.coding.candidates import candidates
from dragoman.coding.choosing import Choice, choose
from dragoman.coding.mending import mended
from dragoman.coding.roles import RoleFinder
from dragoman.coding.sentences import Unit, groups_of
from dragoman.coding.story import Story
from dragoman.coding.tree import Tree
from dragoman.coding.typing import type_model
from dragoman.evaluation.plv import f1, macro_f1
from dragoman.language import pipeline
from dragoman.language.dates import find as find_dates
from dragoman.language.grammar import grammar

COMING = ("CONSULT", "SUPPORT", "COOPERATE", "AID")  # what PLOVER calls an agreement while it is only promised
MARK = re.compile(r"</?[st]>")
PARTIES = {"s": Actor("FRA", "state", "FRA", id="FRA"), "t": Actor("IRN", "state", "IRN", id="IRN")}
NO_EVENT = "NONE"


class Marked(NamedTuple):
    """One sentence of ours with its parties marked. `mode` and `status` may be empty."""

    type: str
    mode: str
    status: str
    text: str


def read_marked(folder: Path) -> Iterator[Marked]:
    """The marked sentences of every `*.tsv` in a folder. Raises ValueError naming a file without those columns."""
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            if not {"type", "mode", "status", "sentence"} <= set(reader.fieldnames or ()):
                raise ValueError(f"{path}: expected the columns type, mode, status, sentence")
            for row in reader:
                promised = row["status"] == "planned" and row["type"] in COMING
                kind, mode = ("AGREE", "") if promised else (row["type"], row["mode"] or "")
                yield Marked(kind, mode, row["status"], row["sentence"])


def evaluate_sentences(folder: Path, language: str) -> dict[str, Any]:
    """Scores of the sentences in a folder.

    `types`: macro-F1 in per cent over the 16 types; `read`: share of sentences where a frame fired; `quiet`: share of
    those without an event where none did; `types_by_model` and `types_by_both`: macro-F1 of the language's type model,
    alone and where frames are silent. Raises ValueError for a folder without sentences.
    """
    marked = list(read_marked(folder))
    rows = [row for row in marked if row.type != NO_EVENT]
    if not rows:
        raise ValueError(f"{folder}: holds no sentences (TSV files with type, mode, status, sentence)")
    got = [frame_type(row.text, language) for row in rows]
    gold = [row.type for row in rows]
    read = [(g, p) for g, p in zip(gold, got, strict=True) if p != NO_EVENT]
    quiet = [frame_type(row.text, language) for row in marked if row.type == NO_EVENT]
    return {
        "n": len(rows),
        "types": macro_f1(gold, got),
        "read": round(len(read) / len(rows), 3),
        "right_where_read": round(sum(g == p for g, p in read) / len(read), 3) if read else 0.0,
        "quiet": round(sum(p == NO_EVENT for p in quiet) / len(quiet), 3) if quiet else None,
        **_with_model([row.text for row in rows], gold, got, language),
        "per_class": {k: round(100 * f1(gold, got, k), 1) for k in sorted(set(gold))},
    }


def _with_model(texts: Sequence[str], gold: Sequence[str], framed: Sequence[str], language: str) -> dict[str, float]:
    """Macro-F1 of the language's type model, alone and asked only where frames are silent; nothing without one."""
    model = type_model(language)
    if model is None:
        return {}
    voted = [max({**vote.types, NO_EVENT: 0.0}.items(), key=lambda item: item[1])[0] for vote in model.votes(texts)]
    both = [vote if kind == NO_EVENT else kind for kind, vote in zip(framed, voted, strict=True)]
    return {"types_by_model": macro_f1(gold, voted), "types_by_both": macro_f1(gold, both)}


def frame_type(marked: str, language: str) -> str:
    """The type that frames give a sentence with `<s>source</s>` and `<t>target</t>`."""
    text, spans = unmarked(marked)
    found = _choices(text, spans, language)
    if not found:
        return NO_EVENT

    def nearness(choice: Choice) -> tuple[int, int]:
        sides = {f.actor.country for f in choice[1]}, {f.actor.country for f in choice[2]}
        right = ("FRA" in sides[0]) + ("IRN" in sides[1])
        either = len({"FRA", "IRN"} & (sides[0] | sides[1]))
        return right, either

    return max(found, key=nearness)[0].frame.type


def unmarked(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The sentence without its marks, and where the phrases `s` and `t` stand in it."""
    plain: list[str] = []
    spans: dict[str, tuple[int, int]] = {}
    length, begun, last = 0, 0, 0
    for mark in MARK.finditer(marked):
        piece = marked[last : mark.start()]
        plain.append(piece)
        length += len(piece)
        last = mark.end()
        if mark.group().startswith("</"):
            spans[mark.group()[2]] = (begun, length)
        else:
            begun = length
    return "".join([*plain, marked[last:]]), spans


def _choices(text: str, spans: dict[str, tuple[int, int]], language: str) -> Sequence[Choice]:
    words = grammar(language)
    parts = pipeline(language)
    linked = Linker(registry(), None).link([TextUnit(text, language, ((0, len(text)),))])[0]
    mentions = [m for m in linked if not any(m.start < b and a < m.end for a, b in spans.values())]
    for side, (a, b) in spans.items():  # a title or a people keeps its noun, which frames ask for: "the ambassador"
        noun = any(a <= m.start and m.end <= b and m.kind in ("role", "group", "person") for m in linked)
        kind: Kind = "group" if noun else "state"
        mentions.append(Mention(a, b, a, b, (PARTIES[side],), kind, "group" if noun else "name"))
    mentions.sort(key=lambda m: m.start)
    unit = Unit(0, 0, len(text), text, tuple(mentions), tuple(find_dates(text, language)))
    parsed = parts.analyse([text], [groups_of(unit, language)])[0]
    tree = Tree(mended(parsed, unit, language))
    finder = RoleFinder(tree, mentions, words)
    found = candidates(tree, load_codebook().frames(language), words, headline=False)
    return choose(tree, found, finder, Story([]), words).sure
