"""Lemmas and features of Arabic tokens: verbs from the lexicon, nouns by article, endings and a table of plurals."""

from __future__ import annotations

from functools import cache
from importlib import resources

from dragoman.language.ar.lexicon import Lexicon, masdars, word_list
from dragoman.language.ar.normalise import bare, key
from dragoman.language.ar.tagger import Piece

NOMINAL = frozenset({"NOUN", "ADJ", "NUM"})
PARTICLES = {"علي": "على", "إلي": "إلى", "لدي": "لدى", "الى": "إلى", "ان": "أن", "او": "أو", "اي": "أي"}
PRONOUNS = frozenset({"ه", "ها", "هم", "هما", "هن", "نا", "ك", "كم", "ي", "ني"})
BEFORE_PRESENT = frozenset({"لم", "لن", "لا", "س", "سوف", "ان", "كي", "لكي", "الا"})
WOMEN = frozenset({"وزيره", "رئيسه", "سفيره", "مبعوثه", "مستشاره"})  # offices whose lemma is the man's
PRONOUN_MORPH = {
    "ه": "Gender=Masc|Number=Sing|Person=3", "ها": "Gender=Fem|Number=Sing|Person=3", "هم": "Number=Plur|Person=3",
    "هما": "Number=Dual|Person=3", "هن": "Gender=Fem|Number=Plur|Person=3", "نا": "Number=Plur|Person=1",
    "هو": "Gender=Masc|Number=Sing|Person=3", "هي": "Gender=Fem|Number=Sing|Person=3", "ي": "Number=Sing|Person=1",
    "ني": "Number=Sing|Person=1", "ك": "Number=Sing|Person=2", "كم": "Number=Plur|Person=2",
    "الذي": "Gender=Masc|Number=Sing|PronType=Rel", "التي": "Gender=Fem|Number=Sing|PronType=Rel",
    "الذين": "Gender=Masc|Number=Plur|PronType=Rel", "اللذان": "Number=Dual|PronType=Rel",
    "اللذين": "Number=Dual|PronType=Rel", "اللتان": "Gender=Fem|Number=Dual|PronType=Rel",
    "اللتين": "Gender=Fem|Number=Dual|PronType=Rel",
}  # fmt: skip


@cache
def plurals() -> dict[str, str]:
    """Broken plurals and other forms whose singular no rule gives, by matching form (`plurals.tsv`)."""
    path = resources.files("dragoman.language") / "ar" / "plurals.tsv"
    table: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            lemma, _, forms = line.partition("\t")
            for form in forms.split("|"):
                table[key(form)] = lemma
    return table


def is_broken_plural(form: str) -> bool:
    """Whether a matching form without article is listed as the plural of another word: قراصنة, قادة."""
    lemma = plurals().get(form)
    return lemma is not None and key(lemma) != form


def without_article(word: str, assimilated: bool) -> tuple[str, bool]:
    """The word without its article, and whether it had one; `assimilated` after the preposition ل (للسلطة)."""
    if word.startswith("ال") and len(word) > 3 and key(word) not in masdars():  # التزام has none
        return word[2:], True
    if assimilated and word.startswith("ل") and len(word) > 3:
        return word[1:], True
    return word, False


def noun(word: str, pos: str, piece: Piece, lexicon: Lexicon, written: bool = False) -> tuple[str, str]:
    """Singular indefinite form without article, and the number (Sing, Dual, Plur); `written`: with the sign of -an."""
    table = plurals()
    if piece.glued_right and word[-1:] in ("ئ", "ؤ") and len(word) > 3:
        word = word[:-1] + "ء"  # لقائه, نظرائهم

    def seen(form: str) -> int:
        return max(lexicon.seen(key(form)), lexicon.seen("ال" + key(form)))

    below = word.startswith("إ") and not table.get(key(word), "إ").startswith("إ")  # إعلام is no plural of علم
    if key(word) in table and not below:
        return table[key(word)], "Sing" if key(table[key(word)]) == key(word) else "Plur"
    if word.endswith("ات") and len(word) > 4:
        stem = word[:-2]
        if pos == "ADJ" or seen(stem) > seen(stem + "ة"):
            return stem, "Plur"
        return stem + "ة", "Plur"
    for ending, number in (("تين", "Dual"), ("تان", "Dual"), ("ون", "Plur"), ("ين", "Plur"), ("ان", "Dual")):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) > 2:
            single = stem + "ة" if ending[0] == "ت" and pos != "ADJ" else stem
            if key(single) in table.values() or seen(single) > (seen(word) if ending in ("ان", "ين") else 0):
                return single, number
    if piece.glued_right and word.endswith("ت"):
        if key(word[:-1] + "ة") in WOMEN:
            return word[:-1], "Sing"
        if seen(word[:-1] + "ة") > max(0, seen(word) - 1) or (seen(word[:-1]) > 0 and not seen(word)):
            return word[:-1] + "ة", "Sing"
    if word.endswith("ا") and len(word) > 3 and (written or seen(word[:-1]) >= max(1, seen(word))):
        return word[:-1], "Sing"
    if word.endswith("و") and len(word) > 4 and seen(word[:-1]) and not seen(word):
        return word[:-1], "Plur"  # مقاتلو الحركة
    if word.endswith(("و", "ي")) and len(word) > 3 and not piece.glued_left and seen(word[:-1]) > seen(word) + 1:
        return word[:-1], "Plur" if word.endswith("و") else "Dual"
    if pos == "ADJ" and word.endswith("ة"):
        return word[:-1], "Sing"
    if key(word) in WOMEN:
        return word[:-1], "Sing"
    return word, "Sing"


@cache
def _actions() -> frozenset[str]:
    return frozenset(map(key, word_list("action_nouns.txt")))


@cache
def _adverbs() -> frozenset[str]:
    return frozenset(map(key, word_list("adverbs.txt")))


def _names_action(stem: str, lexicon: Lexicon) -> bool:
    return key(stem) in masdars() or key(stem) in _actions() or lexicon.is_action(stem)


def nominal_tag(tag: str, piece: Piece, text: str, lexicon: Lexicon) -> str:
    """The tag of a word with the accusative ending -an, which no verb or name has and few adverbs (اجتماعاً, فوجا).

    A verbal noun is no name.
    """
    if tag in ("PROPN", "ADP", "ADJ", "DET", "X") and piece.form in masdars():
        return "NOUN"
    if tag in ("ADJ", "ADV") and piece.form in _actions():
        return "NOUN"
    if tag == "ADJ" and piece.raw.endswith("ا") and len(piece.raw) > 4 and _names_action(piece.raw[:-1], lexicon):
        return "NOUN"  # اتفاقا, without the mark that shows its case
    if len(piece.form) < 4 or not piece.form.endswith("ا") or piece.form in _adverbs() or piece.form.endswith("يا"):
        return tag
    written = text.endswith(("اً", "ًا"))
    stem = key(piece.raw[:-1])
    seen = max(lexicon.seen(stem), lexicon.seen("ال" + stem))
    if (written and tag in ("PROPN", "ADV", "VERB", "X")) or (tag == "ADV" and seen > 0):
        return "NOUN"
    return tag


@cache
def _roles() -> frozenset[str]:
    return frozenset(map(key, word_list("roles.txt")))


def masculine_title(phrase: str) -> bool:
    """Whether a phrase begins with a man's title: الرئيس الروسي …, وزير الخارجية …"""
    return opens_with_title(phrase) and not phrase.split()[0].endswith("ة")


def opens_with_title(phrase: str) -> bool:
    """Whether a phrase begins with a title that a name or an office follows: السفيرة البولندية …, زعيم المعارضة …"""
    words = phrase.split()
    if len(words) < 2:
        return False
    head = key(words[0].removeprefix("ال"))
    return head in _roles() or head.removesuffix("ه") in _roles()


def masculine(word: str, described: tuple[str, str], lexicon: Lexicon) -> tuple[str, str]:
    """The past of a verb in ta- rather than a feminine present, before a masculine subject: تقدم السودان بشكوى."""
    if not word.startswith("ت") or "Gender=Fem" not in described[1] or "Tense=Pres" not in described[1]:
        return described
    past = (
        r
        for r in lexicon.verbs.readings(bare(word))
        if r.common and r.tense == "Past" and "Gender=Masc|Number=Sing" in r.morph
    )
    best = next(past, None)
    return (best.lemma, best.morph) if best is not None else described


def describe(piece: Piece, pos: str, previous: Piece | None, text: str, lexicon: Lexicon) -> tuple[str, str]:
    """Lemma and features of a token; `text` is its own spelling with vowel marks."""
    word = bare(piece.raw)
    if pos in ("VERB", "AUX"):
        readings = lexicon.verbs.readings(word)
        if not readings:
            return word, ""
        best = readings[0]
        if previous is not None and previous.form in BEFORE_PRESENT:
            best = next((r for r in readings if r.tense == "Pres"), best)
        morph = best.morph
        if previous is not None and previous.form in ("س", "سوف") and best.tense == "Pres":
            morph = morph.replace("Tense=Pres", "Tense=Fut")
        if previous is not None and previous.form == "قد" and best.tense == "Pres":
            morph += "|Mood=Cnd"
        if previous is not None and previous.form == "لم":
            morph = morph.replace("Tense=Pres", "Tense=Past")
        if text.startswith("أُ") and best.tense == "Pres" and "Person=1" in best.morph:
            best = next((r for r in readings if r.tense == "Past"), best)  # أُصيب: no "I" in a report
            morph = best.morph
        if ("ُ" in text[:4] and best.tense == "Past") or (text[1:2] == "ُ" and "َ" in text[2:5]):
            morph += "|Voice=Pass"
        return best.lemma, morph
    if pos in NOMINAL and piece.form.isalpha():
        stem, article = without_article(word, piece.glued_left and previous is not None and previous.form == "ل")
        lemma, number = noun(stem, pos, piece, lexicon, text.endswith(("اً", "ًا")))
        gender = "Fem" if word.endswith(("ة", "ات")) else "Masc"
        return lemma, f"Definite={'Def' if article else 'Ind'}|Gender={gender}|Number={number}"
    if pos == "PRON":
        return word, PRONOUN_MORPH.get(word, "")
    if pos in ("ADP", "SCONJ", "CCONJ", "PART", "DET", "ADV"):
        return PARTICLES.get(word, word), ""
    return word, ""
