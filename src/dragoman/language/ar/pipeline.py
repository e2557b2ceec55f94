"""The Arabic pipeline: rule sentences, clitics, tags, trees, lemmas."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

import dragoman_models
from dragoman.language import sentences
from dragoman.language.ar import lexicon
from dragoman.language.ar.lemmas import describe, masculine, masculine_title, nominal_tag
from dragoman.language.ar.lexicon import masdars
from dragoman.language.ar.linear import Linear
from dragoman.language.ar.normalise import bare, key
from dragoman.language.ar.parser import Parser
from dragoman.language.ar.tagger import Piece, Tagger
from dragoman.language.ar.tokeniser import Tokeniser
from dragoman.language.ar.trees import amend
from dragoman.language.sentence import Group, Sentence, Token

KINDS = {"person": "NameType=Prs", "date": "AdvType=Tim"}
BEFORE_VERBS = frozenset({"قد", "لم", "لن", "سوف"})
GOVERNING = frozenset({"ب", "في", "من", "علي", "الي", "عن", "بعد", "قبل", "خلال", "بسبب", "رغم", "منذ"})
OWNERS = frozenset({"ه", "ها", "هم", "هما"})
MEN = frozenset({"العراق", "السودان", "لبنان", "الأردن", "اليمن", "المغرب", "الصومال", "السنغال", "النيجر", "تشاد"})
SIDES = frozenset({"شرق", "غرب", "شمال", "جنوب", "شرقي", "غربي", "شمالي", "جنوبي", "وسط", "قرب", "قبالة", "قباله"})
Span = tuple[int, int, Group | None]
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
        self._tokeniser = Tokeniser(cutter, self._lexicon.known, self._lexicon.whole, self._is_verb)
        self._tagger = Tagger(tagger, self._lexicon)
        self._parser = Parser(parser, self._lexicon)

    def _is_verb(self, word: str) -> bool:
        return any(letter.isupper() for letter in self._lexicon.verb_class(word))

    def _opens(self, spans: Sequence[Span], pieces: Sequence[Piece], tags: Sequence[str], i: int) -> bool:
        """Whether token `i` opens a clause and may be a past verb, whatever the tagger says: أمر الرئيس …"""
        free = spans[i][2] is None and tags[i] in ("NOUN", "ADJ", "ADV", "PART", "PROPN")
        opening = i == 0 or tags[i - 1] in ("CCONJ", "SCONJ", "PUNCT", "PRON", "ADV")
        return free and opening and "P" in self._lexicon.verb_class(pieces[i].raw)

    @staticmethod
    def _of_a_man(text: str, span: Span) -> bool:
        """Whether a subject is masculine: a man's title, a noun with article and without feminine ending."""
        start, end, group = span
        if group is not None:
            return masculine_title(text[start:end]) or bare(text[start:end]) in MEN
        word = key(text[start:end])
        return word.startswith("ال") and not word.endswith(("ه", "ات", "اء"))

    def _described(self, group: Group, text: str) -> tuple[str, str]:
        """Lemma and features of a group; that of a role or a people is its head noun's: السفراء السوريون is سفير."""
        morph = KINDS.get(group.kind, "")
        if group.pos != "NOUN" or group.kind in KINDS:
            return group.surface, morph
        head = bare(text.split()[0])
        return describe(Piece(key(head), head, False, False), "NOUN", None, head, self._lexicon)[0], morph

    def sentences(self, text: str) -> list[tuple[int, int]]:
        """Offsets of the sentences of `text`, in order, white space left out."""
        return sentences.split(text, self.language)

    def _surely_verbs(self, spans: Sequence[Span], pieces: Sequence[Piece], tags: list[str]) -> None:
        """What stands behind قد, لم, لن, سوف is a verb; so is a past form with a pronoun before a title: وقعها وزير."""
        for i in range(1, len(pieces)):
            kind = "" if spans[i][2] is not None else self._lexicon.verb_class(pieces[i].raw)
            if not kind.strip("-") or tags[i] == "VERB":
                continue
            if pieces[i - 1].raw in BEFORE_VERBS and tags[i] != "AUX":
                tags[i] = "VERB"
            following = spans[i + 2][2] if i + 2 < len(spans) and pieces[i + 1].glued_left else None
            past = "P" in kind or ("p" in kind and pieces[i].raw.endswith("ت") and self._never_noun(pieces[i].form))
            past = past and tags[i] == "NOUN" and key(pieces[i].raw) not in masdars()
            if past and following is not None and following.pos != "ADJ":
                tags[i] = "VERB"

    def _surely_nouns(self, spans: Sequence[Span], pieces: Sequence[Piece], tags: list[str]) -> None:
        """Behind a preposition stands no verb: بشن حرب; a side of heaven before a name is a preposition: شرق كابول."""
        for i in range(len(pieces)):
            form = pieces[i].form
            before = i > 0 and tags[i - 1] == "ADP" and pieces[i - 1].form in GOVERNING
            if spans[i][2] is not None:
                continue
            owned = i + 1 < len(pieces) and pieces[i + 1].glued_left and pieces[i + 1].form in OWNERS
            told = i > 1 and tags[i - 1] == "PRON" and pieces[i - 1].glued_left and pieces[i - 2].form in masdars()
            if tags[i] == "PROPN" and owned and spans[i + 1][2] is None:
                tags[i] = "NOUN"  # no name has an owner: سفيرتها
            if tags[i] == "VERB" and (before or (told and tags[i - 2] == "NOUN")) and form in masdars():
                tags[i] = "NOUN"
            named = i + 1 < len(pieces) and (spans[i + 1][2] is not None or tags[i + 1] == "PROPN")
            if tags[i] in ("NOUN", "ADJ", "ADV") and form in SIDES and named and not before:
                tags[i] = "ADP"

    def _behind_names(self, spans: Sequence[Span], pieces: Sequence[Piece], tags: list[str]) -> None:
        """Behind verb and name stands the object, a noun: صب العراق غضبه, فرضت روسيا عقوبة, ناشد إيران وقف القصف."""
        for i in range(1, len(pieces)):
            piece, before = pieces[i], spans[i - 1][2]
            if spans[i][2] is not None or before is None or before.kind == "date" or before.pos == "ADJ":
                continue
            plain = not piece.form.startswith("ال") and not piece.glued_left and piece.form.isalpha()
            if not plain or spans[i][0] - spans[i - 1][1] != 1:
                continue
            if tags[i] == "ADJ" and piece.form.endswith("ه"):
                tags[i] = "NOUN"  # no adjective of a name without the article
            first = next((j for j in range(i - 1, -1, -1) if spans[j][2] is None), -1)
            known = self._lexicon.known.get(piece.form, 0) > 0 or piece.form in masdars()
            if not known or first < 0 or tags[first] != "VERB":
                continue
            reading = next(iter(self._lexicon.verbs.readings(piece.raw)), None)
            present = reading is not None and reading.tense == "Pres" and "Person=3" in reading.morph
            name = self._lexicon.names.get(piece.form, 0) > 0
            if (tags[i] == "PROPN" and not name) or (tags[i] == "VERB" and not present):
                tags[i] = "NOUN"

    def _opening_verb(self, spans: Sequence[Span], pieces: Sequence[Piece], tags: list[str]) -> None:
        """What opens a sentence without any verb and stands before a name is its verb: أمر العراق بإغلاق الحدود."""
        first = next((i for i, tag in enumerate(tags) if tag not in ("CCONJ", "PUNCT")), len(tags))
        name = first + 1
        if name + 1 >= len(tags) or spans[first][2] is not None or spans[name][2] is None:
            return
        group = spans[name][2]
        assert group is not None
        about = pieces[first].form == "عبر" and pieces[name + 1].form == "عن"
        free = tags[first] in ("NOUN", "PROPN", "ADJ", "ADV", "PART") or about
        if "VERB" in tags or "AUX" in tags or not free or group.pos == "ADJ" or group.kind == "date":
            return
        if "P" in self._lexicon.verb_class(pieces[first].raw):
            tags[first] = "VERB"

    def _never_noun(self, form: str) -> bool:
        """Whether a form in -t is no noun with its ending opened: نصبته, but زيارته."""
        known = self._lexicon.known
        return not any(known.get(k, 0) for k in (form, form[:-1] + "ه", "ال" + form[:-1] + "ه"))

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
        for i, (start, end, group) in enumerate(spans[1:]):
            if group is not None and masculine_title(text[start:end]) and self._opens(spans, pieces, tags, i):
                tags[i] = "VERB"
        self._surely_verbs(spans, pieces, tags)
        self._surely_nouns(spans, pieces, tags)
        self._behind_names(spans, pieces, tags)
        self._opening_verb(spans, pieces, tags)
        heads, labels = self._parser.parse(pieces, tags)
        heads = [i if head == len(pieces) else head for i, head in enumerate(heads)]
        described = [
            describe(piece, tag, pieces[i - 1] if i else None, text[spans[i][0] : spans[i][1]], self._lexicon)
            for i, (piece, tag) in enumerate(zip(pieces, tags, strict=True))
        ]
        tokens = []
        for i, span in enumerate(spans[:-1]):
            if tags[i] == "VERB" and span[2] is None and self._of_a_man(text, spans[i + 1]):
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
