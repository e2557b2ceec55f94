"""Tags that the trained tagger gets wrong where spelling, agreement or the words beside tell for sure.

The model has seen eight hundred sentences; the rules here know the language: no verb stands behind a preposition, no
adjective disagrees with its noun, a doubled middle letter makes a verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.language.ar.clauses import time_words
from dragoman.language.ar.lemmas import is_broken_plural, masculine_title
from dragoman.language.ar.lexicon import Lexicon, masdars
from dragoman.language.ar.normalise import bare, key
from dragoman.language.ar.noun_phrases import list_keys
from dragoman.language.ar.tagger import Piece
from dragoman.language.sentence import Group

BEFORE_VERBS = frozenset({"قد", "لم", "لن", "سوف"})
GOVERNING = frozenset({"ب", "في", "من", "علي", "الي", "عن", "بعد", "قبل", "خلال", "بسبب", "رغم", "منذ"})
OWNERS = frozenset({"ه", "ها", "هم", "هما"})
MEN = frozenset({"العراق", "السودان", "لبنان", "الأردن", "اليمن", "المغرب", "الصومال", "السنغال", "النيجر", "تشاد"})
SIDES = frozenset({"شرق", "غرب", "شمال", "جنوب", "شرقي", "غربي", "شمالي", "جنوبي", "وسط", "قرب", "قبالة", "قباله"})
DOUBLED = re.compile("[\u0621-\u064a][\u064b-\u0650]?[\u0621-\u064a][\u064e]?\u0651[\u064b-\u0650]?[\u0621-\u064a]")
PASSIVE = re.compile("[\u0621-\u064a]\u064f[\u0621-\u064a]")
ACCUSATIVE = ("اً", "ًا")
Span = tuple[int, int, Group | None]


def of_a_man(text: str, span: Span) -> bool:
    """Whether a subject is masculine: a man's title, a noun with article and without feminine ending."""
    start, end, group = span
    if group is not None:
        return masculine_title(text[start:end]) or bare(text[start:end]) in MEN
    word = key(text[start:end])
    return word.startswith("ال") and not word.endswith(("ه", "ات", "اء"))


class Retagger:
    """The tags of one sentence while they are put right; `apply` changes `tags` in place."""

    def __init__(
        self, lexicon: Lexicon, text: str, spans: Sequence[Span], pieces: Sequence[Piece], tags: list[str]
    ) -> None:
        """`spans`, `pieces` and `tags` have one item a token of `text`; a span with a group keeps its tag."""
        self.lexicon = lexicon
        self.text = text
        self.spans = spans
        self.pieces = pieces
        self.tags = tags

    def apply(self) -> None:
        """All corrections, in an order in which each may rely on those before it."""
        for i in range(len(self.tags)):
            if self.spans[i][2] is None:
                self._written(i)
                if (self.tags[i] == "PROPN" and self._listed(i)) or self._accusative_object(i):
                    self.tags[i] = "NOUN"
                if self.tags[i] == "ADJ" and self.pieces[i].form in time_words():
                    self.tags[i] = "NOUN"  # أمهلتهم أسبوعين
        for i in range(len(self.tags) - 1):
            group = self.spans[i + 1][2]
            if group is not None and self._titled_or_person(i + 1) and self._opens(i):
                self.tags[i] = "VERB"
        self._surely_verbs()
        self._surely_nouns()
        self._behind_names()
        for i in range(1, len(self.tags)):
            free = self.spans[i][2] is None and self.tags[i] == "ADJ"
            if free and (self._no_adjective(i) or self._owner_or_object(i)):
                self.tags[i] = "NOUN"
        self._opening_verb()

    def _titled_or_person(self, i: int) -> bool:
        start, end, group = self.spans[i]
        assert group is not None
        person = group.kind == "person" and " " in self.text[start:end]
        return masculine_title(self.text[start:end]) or (person and self._sentence_starts(i - 1))

    def _sentence_starts(self, i: int) -> bool:
        return all(self.tags[j] in ("CCONJ", "PUNCT") for j in range(i))

    def _written(self, i: int) -> None:
        """What the vowel marks show: a doubled middle letter or a u behind the first makes a verb, -yan an adverb."""
        start, end, _ = self.spans[i]
        word, raw = self.text[start:end], self.pieces[i].raw
        if self.tags[i] in ("NOUN", "ADJ", "PROPN", "X", "ADV") and not raw.startswith("ال"):
            past = self.lexicon.verb_class(raw)
            doubled = DOUBLED.match(word) is not None and ("P" in past or ("p" in past and raw[1:2] != "ي"))
            passive = PASSIVE.match(word) is not None and "p" in past.lower()
            if (doubled or passive) and (i == 0 or self.tags[i - 1] != "ADP"):
                self.tags[i] = "VERB"
        if word.endswith(("ياً", "يًا")) and len(raw) > 4 and i and self.tags[i] in ("NOUN", "ADJ", "PROPN", "X"):
            group = self.spans[i - 1][2]
            if self.tags[i - 1] in ("VERB", "PRON") or (group is not None and group.kind != "date"):
                self.tags[i] = "ADV"  # طلبت مالي رسمياً رحيل البعثة

    def _accusative_object(self, i: int) -> bool:
        """Whether a word in -an without its sign is the noun that it ends: أطلقت صاروخا, تبنى هجوما.

        Behind a plain noun it may still be that one's adjective.
        """
        raw = self.pieces[i].raw
        stem = key(raw.removesuffix("ا"))
        if self.tags[i] not in ("PROPN", "PRON", "X", "ADJ", "DET") or not raw.endswith("ا") or len(raw) < 4:
            return False
        if self.pieces[i].glued_left or self.pieces[i].glued_right or self.pieces[i].form in list_keys("adverbs.txt"):
            return False
        behind_noun = i > 0 and self.tags[i - 1] == "NOUN" and self.spans[i - 1][2] is None
        return (stem in masdars() or stem in list_keys("things.txt")) and not behind_noun

    def _listed(self, i: int) -> bool:
        """Whether a word that was taken for a name is a noun of our lists and was never seen as a name."""
        form = self.pieces[i].form.removeprefix("ال")
        return form in self.lexicon.listed and not self.lexicon.names.get(form, 0)

    def _no_adjective(self, i: int) -> bool:
        """Whether a word disagrees with what stands before it, so that it must be a noun of its own."""
        start, end, _ = self.spans[i]
        before_start, before_end, group = self.spans[i - 1]
        before = self.text[before_start:before_end]
        raw, form = self.pieces[i].raw, self.pieces[i].form
        if self.pieces[i].glued_left or self.tags[i - 1] not in ("NOUN", "PROPN", "ADJ"):
            return False
        definite = group is not None or bare(before).startswith("ال")
        if self.text[start:end].endswith(ACCUSATIVE) and definite:
            return not raw.startswith("م") and raw[1:2] != "ا"  # a participle would tell how: قال الوزير محذراً
        if definite and raw.endswith("ة") and not raw.startswith("ال") and form in self.lexicon.listed:
            return group is None  # اعتبر العقوبات جريمة
        if not raw.startswith("ال") or not definite:
            return False
        if raw.endswith(("ين", "ون")) and len(raw) > 5:
            return not _many(before)
        if is_broken_plural(form.removeprefix("ال")):
            return not _many(before)
        return raw.endswith("ة") and group is not None and masculine_title(before)

    def _owner_or_object(self, i: int) -> bool:
        """Whether a definite word must be a noun: behind a verb, a verb and a name (رفعت كييف الرسوم), a bare noun.

        An adjective is as definite as its noun, so behind a noun without article stands its owner: تعليق العضوية.
        """
        if self.pieces[i].glued_left or not self.pieces[i].raw.startswith("ال"):
            return False
        before, group = self.pieces[i - 1], self.spans[i - 1][2]
        if group is not None:
            return group.pos == "PROPN" and group.kind != "date" and i > 1 and self.tags[i - 2] == "VERB"
        if self.tags[i - 1] == "VERB":
            return True
        known = self.lexicon.seen(before.form) > 0 and not self.lexicon.names.get(before.form, 0)
        return self.tags[i - 1] == "NOUN" and known and not before.glued_right and not before.raw.startswith("ال")

    def _opens(self, i: int) -> bool:
        """Whether token `i` opens a clause and may be a past verb, whatever the tagger says: أمر الرئيس …"""
        spans, pieces, tags = self.spans, self.pieces, self.tags
        free = spans[i][2] is None and tags[i] in ("NOUN", "ADJ", "ADV", "PART", "PROPN")
        opening = i == 0 or tags[i - 1] in ("CCONJ", "SCONJ", "PUNCT", "PRON", "ADV")
        return free and opening and "P" in self.lexicon.verb_class(pieces[i].raw)

    def _surely_verbs(self) -> None:
        """What stands behind قد, لم, لن, سوف is a verb; so is a past form with a pronoun before a title: وقعها وزير."""
        spans, pieces, tags = self.spans, self.pieces, self.tags
        for i in range(1, len(pieces)):
            kind = "" if spans[i][2] is not None else self.lexicon.verb_class(pieces[i].raw)
            if not kind.strip("-") or tags[i] == "VERB":
                continue
            if pieces[i - 1].raw in BEFORE_VERBS and tags[i] != "AUX":
                tags[i] = "VERB"
            if pieces[i - 1].raw == "ف" and pieces[i - 1].glued_right and "P" in kind and tags[i] in ("NOUN", "ADJ"):
                tags[i] = "VERB"  # فسحب سفيره
            following = spans[i + 2][2] if i + 2 < len(spans) and pieces[i + 1].glued_left else None
            past = "P" in kind or ("p" in kind and pieces[i].raw.endswith("ت") and self._never_noun(pieces[i].form))
            past = past and tags[i] == "NOUN" and key(pieces[i].raw) not in masdars()
            if past and following is not None and following.pos != "ADJ":
                tags[i] = "VERB"

    def _surely_nouns(self) -> None:
        """Behind a preposition stands no verb: بشن حرب; a side of heaven before a name is a preposition: شرق كابول."""
        spans, pieces, tags = self.spans, self.pieces, self.tags
        for i in range(len(pieces)):
            form = pieces[i].form
            before = i > 0 and tags[i - 1] == "ADP" and pieces[i - 1].form in GOVERNING
            if spans[i][2] is not None:
                continue
            owned = i + 1 < len(pieces) and pieces[i + 1].glued_left and pieces[i + 1].form in OWNERS
            told = i > 1 and tags[i - 1] == "PRON" and pieces[i - 1].glued_left and pieces[i - 2].form in masdars()
            if tags[i] == "PROPN" and owned and spans[i + 1][2] is None:
                tags[i] = "NOUN"  # no name has an owner: سفيرتها
            ground = form in list_keys("grounds.txt") and i + 1 < len(pieces) and pieces[i + 1].form == "علي"
            if tags[i] == "VERB" and (ground or self.text[slice(*spans[i][:2])].endswith(ACCUSATIVE)):
                tags[i] = "NOUN"  # no verb ends in -an
            if tags[i] == "VERB" and (before or (told and tags[i - 2] == "NOUN")) and form in masdars():
                tags[i] = "NOUN"
            named = i + 1 < len(pieces) and (spans[i + 1][2] is not None or tags[i + 1] == "PROPN")
            if tags[i] in ("NOUN", "ADJ", "ADV") and form in SIDES and named and not before:
                tags[i] = "ADP"

    def _behind_names(self) -> None:
        """Behind verb and name stands the object, a noun: صب العراق غضبه, فرضت روسيا عقوبة, ناشد إيران وقف القصف."""
        spans, pieces, tags = self.spans, self.pieces, self.tags
        for i in range(1, len(pieces)):
            piece, before = pieces[i], spans[i - 1][2]
            if spans[i][2] is not None or before is None or before.kind == "date":
                continue
            people = self.text[slice(*spans[i - 1][:2])].endswith(("ين", "ون"))  # نظم عشرات الأردنيين وقفة
            if before.pos == "ADJ" and not (people and piece.form in masdars()):
                continue
            plain = not piece.form.startswith("ال") and not piece.glued_left and piece.form.isalpha()
            if not plain or spans[i][0] - spans[i - 1][1] != 1:
                continue
            if tags[i] == "ADJ" and (piece.form.endswith(("ه", "ات")) or self.lexicon.is_action(piece.raw)):
                tags[i] = "NOUN"  # no adjective of a name without the article
            first = next((j for j in range(i - 1, -1, -1) if spans[j][2] is None), -1)
            opened = piece.glued_right and piece.form.endswith("ت") and self.lexicon.seen(piece.form[:-1] + "ه") > 0
            known = self.lexicon.seen(piece.form) > 0 or piece.form in masdars() or opened
            if not known or first < 0 or tags[first] != "VERB":
                continue
            reading = next(iter(self.lexicon.verbs.readings(piece.raw)), None)
            present = reading is not None and reading.tense == "Pres" and "Person=3" in reading.morph
            name = self.lexicon.names.get(piece.form, 0) > 0
            if (tags[i] == "PROPN" and not name) or (tags[i] == "VERB" and not present):
                tags[i] = "NOUN"

    def _opening_verb(self) -> None:
        """What opens a sentence without any verb and stands before a name is its verb: أمر العراق بإغلاق الحدود."""
        spans, pieces, tags = self.spans, self.pieces, self.tags
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
        if "P" in self.lexicon.verb_class(pieces[first].raw):
            tags[first] = "VERB"

    def _never_noun(self, form: str) -> bool:
        """Whether a form in -t is no noun with its ending opened: نصبته, but زيارته."""
        seen = self.lexicon.seen
        return not any(seen(k) for k in (form, form[:-1] + "ه", "ال" + form[:-1] + "ه"))


def _many(phrase: str) -> bool:
    """Whether a word of a phrase is a plural or dual, so that a plural adjective may follow."""
    for word in phrase.split():
        if bare(word).endswith(("ون", "ين", "ات", "ان")) or is_broken_plural(key(word).removeprefix("ال")):
            return True
    return False
