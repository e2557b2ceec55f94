"""How well copies of one text are found: pages and five copies of each, made as copies are made.

    python benchmarks/families.py FOLDER… --pages 900

FOLDER holds texts (.txt or .txt.gz, or .json with the text under `main_content`, `articleBody` or `text`). Of every
text there is one with furniture around it, one cut to 60 %, one cut to 35 %, one edited with a new lead, and one
republished under another headline with a credit line. All come in random order into a new record's index; a pair of
pages counts as found when the two have one family. Prints JSON; times are of the processor.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

from dragoman.record import database, families
from dragoman.record.words import folded_words

FURNITURE = (
    "Share this article on social media", "Sign up for our daily newsletter and get the stories that matter to you",
    "Read more about this topic in our special report", "You have reached your limit of free articles this month",
    "All rights reserved and no part of this site may be reproduced without written permission of the publisher",
    "Most read", "Editor's picks from around the world this week", "Follow us for breaking news and live updates",
    "We use cookies to give you the best experience on our website and to show you relevant advertising",
)  # fmt: skip
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
FEWEST_WORDS = 80  # a text shorter than this is no article


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--pages", type=int, default=900)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shares", type=float, nargs="+", default=[families.CONTAINMENT], help="containments to try")
    parser.add_argument("--wrong", type=int, default=0, help="show so many wrong pairs on stderr")
    options = parser.parse_args()
    pick = random.Random(options.seed)
    texts = list(read(options.folders))
    pick.shuffle(texts)
    texts = texts[: options.pages]
    made = [(i, kind, copy) for i, text in enumerate(texts) for kind, copy in copies(text, texts, pick).items()]
    pick.shuffle(made)
    for share in options.shares:
        families.CONTAINMENT = share
        print(json.dumps(measure(made, options.wrong) | {"containment": share, "texts": len(texts)}), flush=True)
    return 0


def read(folders: Iterable[Path]) -> Iterable[list[str]]:
    """The sentences of every text of some length, each text once."""
    seen = set()
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.suffix in (".txt", ".json", ".gz")):
            data = path.read_bytes()
            content = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8", errors="replace")
            if path.suffix == ".json":
                value = json.loads(content)
                value = value.get("ground_truth", value) if isinstance(value, dict) else {}
                content = next((value[k] for k in ("main_content", "articleBody", "text") if value.get(k)), "")
            content = re.sub(r"<[^>]*>", " ", content)
            words = tuple(folded_words(content))
            if len(words) >= FEWEST_WORDS and words not in seen:
                seen.add(words)
                yield [s for s in _SENTENCE.split(content) if s.strip()]


def copies(text: list[str], others: list[list[str]], pick: random.Random) -> dict[str, str]:
    """The text and five copies of it."""
    lead = _shuffled(pick.choice(others), 45, pick)
    edited = [_edited(s, pick) if pick.random() < 0.3 else s for s in text]
    del edited[pick.randrange(len(edited))]
    headline = _shuffled(pick.choice(others), 9, pick)
    return {
        "whole": " ".join(text),
        "furniture": " ".join([*pick.sample(FURNITURE, 4), *text, *pick.sample(FURNITURE, 5)]),
        "cut to 60 %": _cut(text, 0.6),
        "cut to 35 %": _cut(text, 0.35),
        "edited, new lead": " ".join([lead, *edited]),
        "another headline": " ".join([headline, "Reported by our partners.", *text[1:]]),
    }


def _shuffled(text: list[str], words: int, pick: random.Random) -> str:
    """New words on the subject of another text: its own in another order."""
    known = " ".join(text).split()
    return " ".join(pick.sample(known, min(words, len(known)))) + "."


def _cut(text: list[str], share: float) -> str:
    words = " ".join(text).split()
    return " ".join(words[: max(30, int(share * len(words)))])


def _edited(sentence: str, pick: random.Random) -> str:
    """A sentence with one word in six left out or changed."""
    words = sentence.split()
    return " ".join(w if pick.random() > 1 / 6 else pick.choice(["", "also", "then", w + "s"]) for w in words)


def measure(made: list[tuple[int, str, str]], wrong: int) -> dict[str, Any]:
    """Recall and precision over pairs of pages, and pages a second."""
    words = [folded_words(text) for _, _, text in made]
    with tempfile.TemporaryDirectory() as folder:
        db = database.connect(Path(folder) / "families.db")
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("BEGIN")
        start = time.process_time()
        for page, content in enumerate(words, 1):
            db.execute(
                "INSERT INTO pages (id, sha256, fingerprint, family, kind, encoding, language, published_reason, "
                "published_alternatives, errors, segments, text, length, added) "
                "VALUES (?, ?, '', ?, 'text', '', 'en', '', '', '[]', x'', x'', 0, '')",
                (page, str(page), page),
            )
            family = families.place(db, page, "en", content)
            db.execute("UPDATE pages SET family = ? WHERE id = ?", (family, page))
        seconds = time.process_time() - start
        found = [r[0] for r in db.execute("SELECT family FROM pages ORDER BY id")]
        db.close()
    truth = [i for i, _, _ in made]
    both = _pairs(Counter(zip(truth, found, strict=True)).values())
    lost: Counter[str] = Counter()
    wholes = {i: f for (i, kind, _), f in zip(made, found, strict=True) if kind == "whole"}
    for (i, kind, _), family in zip(made, found, strict=True):
        lost[kind] += family != wholes[i]
    if wrong:
        _show(made, found, wrong)
    return {
        "pages": len(made),
        "recall": round(both / _pairs(Counter(truth).values()), 4),
        "precision": round(both / _pairs(Counter(found).values()), 4),
        "apart_from_the_whole": {k: n for k, n in lost.items() if n},
        "pages_per_second": round(len(made) / seconds),
    }


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def _show(made: list[tuple[int, str, str]], found: list[int], most: int) -> None:
    groups: dict[int, dict[int, tuple[str, str]]] = {}
    for (i, kind, text), family in zip(made, found, strict=True):
        groups.setdefault(family, {}).setdefault(i, (kind, text))
    shown = 0
    for members in groups.values():
        for a, b in combinations(members.values(), 2):
            if shown < most:
                shown += 1
                print(f"{a[0]}: {a[1][:150]!r}\n{b[0]}: {b[1][:150]!r}\n", file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
