"""The Arabic pipeline: rule sentences, clitics, tags, trees, lemmas."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

import dragoman_models
from dragoman.language import sentences
from dragoman.language.ar import lexicon
from dragoman.language.ar.lemmas import describe, masculine, nominal_tag, opens_with_title
from dragoman.language.ar.linear import Linear
from dragoman.language.ar.normalise import bare, key
from dragoman.language.ar.parser import Parser
from dragoman.language.ar.retagging import Retagger, Span, of_a_man
from dragoman.language.ar.tagger import Piece, Tagger
from dragoman.language.ar.tokeniser import Tokeniser
from dragoman.language.ar.trees import amend
from dragoman.language.sentence import Group, Sentence, Token

KINDS = {"person": "NameType=Prs", "date": "AdvType=Tim"}
# the treebank writes Western marks only; the press does not
MARKS = {"،": ",", "؛": ",", "«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "...", "?": "؟"}


class ArabicPipeline:
    """Sentences by rule; tokens, tags and trees by the shipped linear models."""

    language = "ar"

    def __init__(self) -> None:
        """Load lexicon and weights from `dragoman_models/ar`; FileNotFoundError where there are none."""
        self._lexicon = lexicon.load()
        with dragoman_models.folder("ar").joinpath("model.npz").open("rb") as file, np.load(file) as stored:
            arrays = dict(stored)
        cutter, tagger, parser = (Linear.unpacked(arrays, name) for name in ("cutter", "tagger", "parser"))
        self._tokeniser = Tokeniser(
            cutter,
            self._lexicon.stems(),
            self._lexicon.whole,
            self._is_verb,
            self._lexicon.is_action,
            self._lexicon.is_present,
        )
        self._tagger = Tagger(tagger, self._lexicon)
        self._parser = Parser(parser, self._lexicon)

    def _is_verb(self, word: str) -> bool:
        return any(letter.isupper() for letter in self._lexicon.verb_class(word))

    def _described(self, group: Group, text: str) -> tuple[str, str]:
        """Lemma and features of a group; that of a role, a people or a titled person is its head noun's.

        السفراء السوريون and السفير الروسي إيغور مورغولوف are سفير.
        """
        morph = KINDS.get(group.kind, "")
        titled = group.kind == "person" and opens_with_title(text)
        if not titled and (group.pos != "NOUN" or group.kind in KINDS):
            return group.surface, morph
        head = bare(text.split()[0])
        return describe(Piece(key(head), head, False, False), "NOUN", None, head, self._lexicon)[0], morph

    def sentences(self, text: str) -> list[tuple[int, int]]:
        """Offsets of the sentences of `text`, in order, white space left out."""
        return sentences.split(text, self.language)

    def cuts(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        """Offsets of the words and clitics of `text[start:end]`, names not kept whole."""
        return self._tokeniser.tokens(text, start, end)

    def tokens(self, text: str, groups: Sequence[Group] = ()) -> list[Span]:
        """Offsets of tokens and clitics; each group is one token, one that overlaps an earlier one is passed over."""
        spans: list[Span] = []
        position = 0
        for group in sorted(groups, key=lambda g: (g.start, -g.end)):
            if group.start < position or group.end <= group.start or group.end > len(text):
                continue
            spans.extend((a, b, None) for a, b in self._tokeniser.tokens(text, position, group.start))
            spans.append((group.start, group.end, group))
            position = group.end
        spans.extend((a, b, None) for a, b in self._tokeniser.tokens(text, position))
        return spans

    def analyse(self, texts: Sequence[str], groups: Sequence[Sequence[Group]] = ()) -> list[Sentence]:
        """Tag and parse each text (one sentence each). `groups[i]` are the runs of `texts[i]` to keep whole.

        A group's token shows the text's own words, its lemma is the group's surface and its part of speech the group's.
        """
        return [self._analyse(text, groups[i] if i < len(groups) else ()) for i, text in enumerate(texts)]

    def _analyse(self, text: str, groups: Sequence[Group]) -> Sentence:
        spans = self.tokens(text, groups)
        if not spans:
            return Sentence(text, ())
        pieces = [_piece(text, spans, i) for i in range(len(spans))]
        tags = self._tagger.tags(pieces)
        for i, (start, end, group) in enumerate(spans):
            if group is None:
                tags[i] = nominal_tag(tags[i], pieces[i], text[start:end], self._lexicon)
        Retagger(self._lexicon, text, spans, pieces, tags).apply()
        heads, labels = self._parser.parse(pieces, tags)
        heads = [i if head == len(pieces) else head for i, head in enumerate(heads)]
        described = [
            describe(piece, tag, pieces[i - 1] if i else None, text[spans[i][0] : spans[i][1]], self._lexicon)
            for i, (piece, tag) in enumerate(zip(pieces, tags, strict=True))
        ]
        tokens = []
        for i, span in enumerate(spans[:-1]):
            if tags[i] == "VERB" and span[2] is None and of_a_man(text, spans[i + 1]):
                described[i] = masculine(pieces[i].raw, described[i], self._lexicon)
        for i, (start, end, group) in enumerate(spans):
            lemma, morph = described[i] if group is None else self._described(group, text[start:end])
            tokens.append(Token(text[start:end], start, end, lemma, tags[i], heads[i], labels[i], morph))
        return Sentence(text, tuple(amend(tokens, {i for i, span in enumerate(spans) if span[2] is not None})))


def _piece(text: str, spans: Sequence[Span], i: int) -> Piece:
    """What the models see of token `i`."""
    start, end, group = spans[i]
    if group is not None:
        last = (group.surface.split() or [text[start:end]])[-1]
        left = i > 0 and spans[i - 1][1] == start and text[start - 1].isalpha()
        return Piece(key(last), bare(last), left, False, group.pos)
    raw = bare(text[start:end]) or text[start:end]
    if not any(c.isalnum() for c in raw):
        mark = MARKS.get(raw, raw)
        return Piece(mark, mark, False, False, None if raw in "%$€£+=°&" else "PUNCT")
    arabic = "\u0621" <= raw[0] <= "\u06d3"
    left = i > 0 and spans[i - 1][1] == start and arabic and text[start - 1].isalpha()
    right = i + 1 < len(spans) and spans[i + 1][0] == end and arabic and text[end].isalpha()
    return Piece(key(raw) or raw, raw, left, right)


@cache
def load() -> ArabicPipeline:
    """The pipeline, its data read once."""
    return ArabicPipeline()
