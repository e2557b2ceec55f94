"""How long the registry takes to open and how fast it finds names and links them, in seconds of the processor.

    python benchmarks/linking.py                              # the package's own example sentences
    python benchmarks/linking.py --text en=news.txt --text ar=akhbar.txt

A FILE is plain UTF-8 text, one paragraph a line. Without one the sentences of training/sentences are read, in which
nearly every word is about states and officials: names stand closer there than in a newspaper. One process, one thread.
Matching is `Registry.find` on every paragraph; linking is everything from text to mentions, for pages of twelve
paragraphs. The first pass meets every word for the first time; the best of the later ones is what a long run has.
"""

from __future__ import annotations

import argparse
import csv
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
LANGUAGES = ("en", "fr", "ar")
MARKS = re.compile(r"</?[a-z]+>")
PAGE = 12  # paragraphs
PASSES = 4
DAY = "2015-06-15"


def own_sentences(language: str) -> list[str]:
    """The example sentences of a language without their marks; none for a language that has no folder."""
    found: list[str] = []
    for file in sorted((ROOT / "training/sentences" / language).glob("*.tsv")):
        with file.open(encoding="utf-8", newline="") as rows:
            reader = csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)
            found += [MARKS.sub("", row["sentence"]) for row in reader if row.get("sentence")]
    return found


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one call."""
    started = time.process_time()
    work()
    return time.process_time() - started


def megabytes() -> float:
    """The process's peak of memory so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def opening(languages: Sequence[str]) -> Iterator[str]:
    """Lines about opening the registry: with its first language, then with all of them and the places."""
    from dragoman.actors import registry

    before = megabytes()
    first = seconds(lambda: registry().find("Paris", "en"))
    yield f"registry with English: {first:.2f} s, {megabytes() - before:.0f} MB"

    def everything() -> None:
        for language in languages:
            registry().find("Paris باريس", language)
            registry().places("Paris باريس", language)

    rest = seconds(everything)
    yield f"with {', '.join(languages)} and all places: {first + rest:.2f} s, {megabytes() - before:.0f} MB"


def speeds(paragraphs: list[str], language: str) -> Iterator[str]:
    """Lines about matching and linking a text."""
    from dragoman.actors import registry
    from dragoman.actors.linking import Linker, TextUnit
    from dragoman.language import pipeline

    found = registry()
    size = sum(len(p.encode()) for p in paragraphs) / 1e6
    names = 0

    def match() -> None:
        nonlocal names
        names = sum(len(found.find(p, language)) for p in paragraphs)

    times = [seconds(match) for _ in range(PASSES)]
    yield (
        f"{language}: {size:.2f} MB, {names / size / 1000:.1f} names a kilobyte; matching {size / times[0]:.1f} MB/s at"
        f" first, {size / min(times[1:]):.1f} MB/s then"
    )
    units = [TextUnit(p, language, tuple(pipeline(language).sentences(p))) for p in paragraphs]
    pages = [units[i : i + PAGE] for i in range(0, len(units), PAGE)]

    def link() -> None:
        for page in pages:
            Linker(found, DAY).link(page)

    times = [seconds(link) for _ in range(PASSES)]
    yield f"{language}: linking {size / times[0]:.2f} MB/s at first, {size / min(times[1:]):.2f} MB/s then"


def main(arguments: list[str] | None = None) -> None:
    """Print the lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", metavar="LANG=FILE", action="append", default=[], help="plain text to read instead")
    texts = dict(text.split("=", 1) for text in parser.parse_args(arguments).text)
    read = {
        language: [p for p in Path(file).read_text("utf-8").splitlines() if p.strip()]
        for language, file in texts.items()
    } or {language: own_sentences(language) for language in LANGUAGES}
    for line in opening(tuple(read)):
        print(line, flush=True)
    for language, paragraphs in read.items():
        for line in speeds(paragraphs, language):
            print(line, flush=True)


if __name__ == "__main__":
    main()
