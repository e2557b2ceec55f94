"""What the gate measures: each corpus with the digest of its files and a flat table of numbers, higher is better."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

SHARED = Path(__file__).parents[3] / "shared"
BLIND = Path(__file__).parents[1] / "blind"
FLOORS = Path(__file__).with_name("floors.json")
SENTENCES = 150  # of a treebank; enough for floors that catch a broken parser or tokeniser
EVERY = 12  # of the pages held out for lines and of those for extraction


@dataclass(frozen=True, slots=True)
class Corpus:
    """Where a corpus lies, which files make its digest, how it is measured, and how much of a file counts."""

    name: str
    place: Path
    files: Callable[[Path], Iterable[Path]]
    measure: Callable[[Path], dict[str, float]]
    content: Callable[[Path], bytes] = Path.read_bytes

    @property
    def present(self) -> bool:
        return self.place.exists()

    def digest(self) -> str:
        """SHA-256 over names and contents of the files, in the order of their names."""
        total = hashlib.sha256()
        for path in sorted(self.files(self.place)):
            total.update(path.name.encode() + b"\0" + hashlib.sha256(self.content(path)).digest())
        return total.hexdigest()


def flat(numbers: dict[str, Any], *keys: str) -> dict[str, float]:
    """The numbers at dotted keys; one that is not there counts as zero."""
    found = {}
    for key in keys:
        value: Any = numbers
        for part in key.split("."):
            value = (value or {}).get(part)
        found[key] = float(value or 0)
    return found


def never(numbers: dict[str, float], *keys: str) -> dict[str, float]:
    """Counts of what must not happen, negated, so that for them too higher is better."""
    return {key: -value if key in keys and value else value for key, value in numbers.items()}


def page_number(file: str) -> int:
    """The number that a gold page's name begins with: '31.html' -> 31."""
    return int(file.partition(".")[0])


PAGE_KEYS = (
    "events.core_recall", "events.precision", "events.from_boilerplate", "events.swapped_sides", "on_matched.date",
    "on_matched.status", "on_matched.country_of_location", "on_matched.target", "on_matched.persons", "quotes.found",
    "quotes.right_speaker", "page.pub_date", "page.language", "page.title", "page.outlet", "page.body_P", "page.body_R",
    "links.found", "links.wrong_merges",
)  # fmt: skip
WRONG = ("events.from_boilerplate", "events.swapped_sides", "links.wrong_merges")


Kept = Callable[[int], bool]  # whether the page of this number belongs


def every_page(number: int) -> bool:
    return True


def pages(place: Path, kept: Kept = every_page) -> dict[str, float]:
    """Events, dates, status, merges … of the gold pages whose numbers are kept."""
    from dragoman.evaluation.pages import coded_pages, read_gold, score

    path, folder = place / "gold.json", place / "pages"
    gold = read_gold(path)
    gold["files"] = [g for g in gold["files"] if kept(page_number(g["file"]))]
    texts = {g["file"]: (folder / g["file"]).read_bytes().decode("utf-8") for g in gold["files"]}
    numbers = score(gold, coded_pages(gold, path, folder, jobs=1), texts)
    keys = [f"by_language.{code}.{what}" for code in numbers["by_language"] for what in ("core_recall", "precision")]
    return never(flat(numbers, *PAGE_KEYS, *keys), *WRONG)


def seeds(place: Path) -> dict[str, float]:
    """The same for the three seeds with gold."""
    from dragoman.evaluation import evaluate

    numbers = evaluate("pages", place / "evaluation" / "seeds_gold.json", folder=place / "seeds", jobs=1)
    return never(flat(numbers, *(k for k in PAGE_KEYS if not k.startswith("links"))), *WRONG)


def plv(place: Path) -> dict[str, float]:
    """Zero-shot types on the training sentences of PLV; nothing where no type model ships."""
    from dragoman.coding.typing import type_model
    from dragoman.evaluation import evaluate

    if type_model("en") is None:
        return {}
    return flat(evaluate("plv", place), "binary", "quad", "root")


def lines(place: Path) -> dict[str, float]:
    """Lines of stripped pages whose hosts were kept out of training."""
    from dragoman.evaluation.lines import evaluate_lines

    return flat(evaluate_lines(place, ("wet", "nodes"), every=EVERY), "all.line_f1", "all.word_f1")


def extraction(place: Path) -> dict[str, float]:
    """Main text of HTML pages."""
    from dragoman.evaluation.extraction import evaluate_extraction

    return flat(evaluate_extraction(place, every=EVERY * 3), "dragoman.f1")


def parse(place: Path) -> dict[str, float]:
    """Tags and trees on the first sentences of a treebank."""
    from dragoman.evaluation.parse import score_parse

    try:
        return flat(score_parse(place, sentences=SENTENCES), "upos", "uas", "las", "lemma")
    except FileNotFoundError:  # no weights ship for this language
        return {}


def _one(place: Path) -> Iterable[Path]:
    return [place]


def _web(place: Path) -> Iterable[Path]:
    return place.glob("ground-truth/*.json")


TREEBANKS = {
    "parse-en": "UD_English-GUM-open/en_gum-open-ud-dev.conllu",
    "parse-fr": "UD_French-PUD/fr_pud-ud-test.conllu",
    "parse-es": "UD_Spanish-GSD/es_gsd-ud-test.conllu",
}


# the blind pages by language and number; the sealed ones are scored and never read for errors
BLIND_GROUPS: dict[str, tuple[str, Kept]] = {
    "blind-en": ("en", lambda number: number <= 30),
    "blind-en-open": ("en", lambda number: 30 < number <= 60 and number % 2 == 0),
    "blind-en-sealed": ("en", lambda number: 30 < number <= 60 and number % 2 == 1),
    "blind-en-2026-open": ("en", lambda number: number > 60 and number % 2 == 0),
    "blind-en-2026-sealed": ("en", lambda number: number > 60 and number % 2 == 1),
    "blind-fr": ("fr", lambda number: number <= 15),
    "blind-fr-2026-open": ("fr", lambda number: number > 15 and number % 2 == 1),
    "blind-fr-2026-sealed": ("fr", lambda number: number > 15 and number % 2 == 0),
    "blind-ar": ("ar", lambda number: number <= 15),
    "blind-ar-2026-open": ("ar", lambda number: number > 15 and number % 2 == 1),
    "blind-ar-2026-sealed": ("ar", lambda number: number > 15 and number % 2 == 0),
    "blind-es": ("es", every_page),
}


def _gold_pages(place: Path, kept: Kept = every_page) -> list[Path]:
    return [place / "gold.json", *(p for p in (place / "pages").iterdir() if kept(page_number(p.name)))]


def _kept_content(path: Path, kept: Kept) -> bytes:
    """A page whole; of a gold file the entries of the kept pages only, so that adding other pages changes no digest."""
    if path.name != "gold.json":
        return path.read_bytes()
    gold = json.loads(path.read_bytes())
    gold["files"] = [g for g in gold["files"] if kept(page_number(g["file"]))]
    return json.dumps(gold, ensure_ascii=False, sort_keys=True).encode()


def _group(name: str, language: str, kept: Kept) -> Corpus:
    """Some of the blind pages of a language as a corpus of their own."""
    files, measure = partial(_gold_pages, kept=kept), partial(pages, kept=kept)
    return Corpus(name, BLIND / language, files, measure, partial(_kept_content, kept=kept))


CORPORA = (
    Corpus("pages", SHARED / "evaluation", _gold_pages, pages),
    Corpus("seeds", SHARED, lambda p: [p / "evaluation" / "seeds_gold.json", *(p / "seeds").iterdir()], seeds),
    Corpus("plv", SHARED / "data/events/zero-shot-plover/PLV_train.tsv", _one, plv),
    Corpus("lines", SHARED / "data/pages/wcxb-dev-articles", _web, lines),
    Corpus("extraction", SHARED / "data/pages/wcxb-dev-articles", _web, extraction),
    *(_group(name, language, kept) for name, (language, kept) in BLIND_GROUPS.items()),
    *(Corpus(name, SHARED / "data/treebanks" / path, _one, parse) for name, path in TREEBANKS.items()),
)


@cache
def measured(name: str) -> dict[str, float]:
    """The numbers of a corpus, measured once a process."""
    return next(c.measure(c.place) for c in CORPORA if c.name == name)


def floors() -> dict[str, Any]:
    """The pinned floors: corpus → {"sha256": …, "floors": {number: floor}}; empty where none are pinned."""
    if not FLOORS.is_file():
        return {}
    loaded: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return loaded
