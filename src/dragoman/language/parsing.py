"""The pipeline of languages with a trained parser: rule sentences and tokens, spaCy tags and trees, table lemmas."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np

import dragoman_models
from dragoman.language import sentences
from dragoman.language.lemmas import lemmas
from dragoman.language.repair import repair
from dragoman.language.sentence import Group, Sentence, Token
from dragoman.language.spacy_alone import import_spacy
from dragoman.language.tokens import tokenize_around

LONGEST = 250  # tokens that are parsed as one tree; a longer text is parsed in pieces hung under the first
BATCH_TOKENS = 4000  # tokens that go through the network at once
VOCABULARY = 100_000  # words remembered between calls; beyond it, new words are forgotten after each batch
SEEN_OF_A_WORD = ("NORM", "PREFIX", "SUFFIX", "SHAPE")
PIECE_ENDS = frozenset(";:,.!?–—")
SAME_SIGN = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "—": "–"}
)
Span = tuple[int, int, Group | None]
Row = tuple[str, int, str, str]  # part of speech, head within the piece, label, features


class TrainedPipeline:
    """Sentences by rule, trees by the shipped weights of one language."""

    def __init__(self, language: str) -> None:
        """Load the weights of `language` from `dragoman_models`; FileNotFoundError where there are none."""
        self.language = language
        self._parser = Parser(language)
        self._lemmas = lemmas(language)

    def sentences(self, text: str) -> list[tuple[int, int]]:
        """Offsets of the sentences of `text`, in order, white space left out."""
        return sentences.split(text, self.language)

    def analyse(self, texts: Sequence[str], groups: Sequence[Sequence[Group]] = ()) -> list[Sentence]:
        """Tag and parse each text (one sentence each), in one batch.

        `groups[i]` are the runs of `texts[i]` to keep whole; a missing or empty `groups` means none. A group's token
        shows the text's own words, its lemma is the group's surface and its part of speech the group's.
        """
        cut = [
            tokenize_around(text, groups[i] if i < len(groups) else (), self.language) for i, text in enumerate(texts)
        ]
        pieces = [(i, first, last) for i, spans in enumerate(cut) for first, last in _pieces(texts[i], spans)]
        words = [[seen(texts[i], span) for span in cut[i][first:last]] for i, first, last in pieces]
        tokens: list[list[Token]] = [[] for _ in texts]
        for (i, first, last), rows in zip(pieces, self._parser.parse(words), strict=True):
            self._add(tokens[i], texts[i], cut[i][first:last], rows)
        made = [Sentence(text, tuple(built)) for text, built in zip(texts, tokens, strict=True)]
        return [repair(sentence, self._lemmas) for sentence in made]

    def analyse_words(self, sentences: Sequence[Sequence[str]]) -> list[Sentence]:
        """Like `analyse`, for sentences that are cut into words already; their text is the words joined by spaces."""
        analysed = []
        lemma = self._lemmas.lemma
        plain = [[_plain(word) for word in words] for words in sentences]
        for words, rows in zip(sentences, self._parser.parse(plain), strict=True):
            tokens, start = [], 0
            for word, (pos, head, dep, morph) in zip(words, rows, strict=True):
                tokens.append(Token(word, start, start + len(word), lemma(word, pos, morph), pos, head, dep, morph))
                start += len(word) + 1
            analysed.append(Sentence(" ".join(words), tuple(tokens)))
        return analysed

    def _add(self, tokens: list[Token], text: str, spans: Sequence[Span], rows: Sequence[Row]) -> None:
        """Append the tokens of one piece; the root of a later piece hangs under the first piece's root."""
        offset = len(tokens)
        root = next((i for i, token in enumerate(tokens) if token.head == i), None)
        lemma = self._lemmas.lemma
        for i, ((start, end, group), (pos, head, dep, morph)) in enumerate(zip(spans, rows, strict=True)):
            surface = text[start:end]
            head += offset
            if root is not None and head == offset + i:
                head, dep = root, "parataxis"
            if group is None:
                token = Token(surface, start, end, lemma(surface, pos, morph), pos, head, dep, morph)
            else:
                token = Token(
                    surface, start, end, group.surface, group.pos, head, dep, morph if group.pos == pos else ""
                )
            tokens.append(token)


def seen(text: str, span: Span) -> str:
    """The word that tagger and parser see: signs in their plain form, a group's surface without white space."""
    start, end, group = span
    word = text[start:end] if group is None else (group.surface.split() or [text[start:end]])[-1]
    return _plain(word)


def _plain(word: str) -> str:
    return "".join(word.split()).translate(SAME_SIGN).strip("\u200e\u200f\u00ad") or word


def _pieces(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Ranges of token indices of at most LONGEST tokens, cut after a sign where there is one in the second half."""
    first = 0
    while len(spans) - first > LONGEST:
        last = first + LONGEST
        for candidate in range(last, first + LONGEST // 2, -1):
            start, end, _ = spans[candidate - 1]
            if text[start:end] in PIECE_ENDS:
                last = candidate
                break
        yield first, last
        first = last
    if first < len(spans):
        yield first, len(spans)


def build(folder: Traversable) -> Any:
    """The spaCy pipeline stored in `folder` (`pipeline.json`, `weights.npz`) by training/pipelines.py."""
    spacy: Any = import_spacy()
    from spacy.attrs import IDS
    from spacy.tokens import Doc
    from spacy.training import Example

    stored = json.loads(folder.joinpath("pipeline.json").read_text("utf-8"))
    nlp: Any = spacy.util.load_model_from_config(stored["config"], auto_fill=True)
    vocab: Any = nlp.vocab
    getters = vocab.lex_attr_getters
    vocab.lex_attr_getters = {IDS[name]: getters[IDS[name]] for name in SEEN_OF_A_WORD}
    components: list[tuple[str, Any]] = list(nlp.pipeline)
    labels = stored["labels"]
    labels["parser"] = {int(move): counts for move, counts in labels["parser"].items()}
    gold = Doc(nlp.vocab, words=["a"], pos=["X"], heads=[0], deps=["ROOT"])
    sample = Example(Doc(nlp.vocab, words=["a"]), gold)
    for _, component in components:
        for node in component.model.walk():
            if node.name == "precomputable_affine":  # its own first values take longer to find than all the rest
                node.set_param("W", np.ones((1, 1, 1, 1), np.float32))
    for name, component in components:
        known = {"labels": labels[name]} if name in labels else {}
        component.initialize(lambda: [sample], nlp=nlp, **known)
    with folder.joinpath("weights.npz").open("rb") as file, np.load(file) as arrays:
        for name, component in components:
            for number, node in enumerate(component.model.walk()):
                for parameter in node.param_names:
                    key = f"{name}/{number}/{parameter}"
                    if key in arrays:
                        node.set_param(parameter, arrays[key].astype(np.float32))
    return nlp


class Parser:
    """The trained network of one language; words in, rows of plain values out."""

    def __init__(self, language: str) -> None:
        """Build the network from `pipeline.json` and fill it from `weights.npz` (see training/pipelines.py)."""
        self._nlp = build(dragoman_models.folder(language))
        from spacy.tokens import Doc

        self._make: Any = Doc
        self._names: dict[int, str] = {}

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[list[Row]]:
        """One list of rows per sentence, a row per word. No sentence may be empty."""
        parsed: list[list[Row]] = []
        batch: list[Sequence[str]] = []
        size = 0
        for words in sentences:
            batch.append(words)
            size += len(words)
            if size >= BATCH_TOKENS:
                parsed.extend(self._parse(batch))
                batch, size = [], 0
        parsed.extend(self._parse(batch))
        return parsed

    def _parse(self, batch: Sequence[Sequence[str]]) -> list[list[Row]]:
        if not batch:
            return []
        from spacy.attrs import DEP, HEAD, MORPH, POS

        vocab = self._nlp.vocab
        with self._nlp.memory_zone() if len(vocab) > VOCABULARY else nullcontext():
            docs = [self._make(vocab, words=words, sent_starts=[True] + [False] * (len(words) - 1)) for words in batch]
            for _, component in self._nlp.pipeline:
                component.set_annotations(docs, component.predict(docs))
            return [self._rows(doc.to_array([POS, HEAD, DEP, MORPH]).tolist(), vocab.strings) for doc in docs]

    def _rows(self, values: list[list[int]], strings: Any) -> list[Row]:
        names, rows = self._names, []
        for i, (pos, head, dep, morph) in enumerate(values):
            for value in (pos, dep, morph):
                if value not in names:
                    name = strings[value] if value else ""
                    names[value] = {"ROOT": "root", "_": "", "dep": "dep"}.get(name, name)
            if head >= 1 << 63:
                head -= 1 << 64
            rows.append((names[pos] or "X", i + head, names[dep] or "dep", names[morph]))
        return rows


def load(language: str) -> TrainedPipeline:
    """The pipeline of a language with shipped weights; FileNotFoundError where there are none."""
    return TrainedPipeline(language)
