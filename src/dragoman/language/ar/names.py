"""Names of persons that nobody listed: where one stands behind a title, and how to write it in Latin letters.

Arabic has no capitals, so a name is found by what follows a title: one to four words that are no verb, preposition or
adjective of the title. The Latin form is provisional, in the manner of the press (no signs under or over letters).
"""

from __future__ import annotations

import re
from functools import cache

from dragoman.language.ar import lexicon
from dragoman.language.ar.lexicon import Lexicon, rows
from dragoman.language.ar.normalise import bare, key

WORD = re.compile(r"[\u0621-\u063a\u0641-\u064a\u064b-\u0652\u0670]+")
LINKS = frozenset(
    map(key, ("بن", "ابن", "بنت", "أبو", "أبي", "أبا", "ولد", "آل", "عبد", "دي", "دا", "فان", "فون", "أغ"))
)
COUNTERPART = re.compile("[بلكوف]?نظير")  # the other side's: اجتمع الوزير بنظيره
LONGEST = 4  # words of a name, links not counted
SHORT = {
    "عبد": "Abd", "الله": "Allah", "بن": "bin", "ابن": "ibn", "بنت": "bint", "أبو": "Abu", "أبي": "Abi", "ولد": "Ould",
    "آل": "Al",
}  # fmt: skip
LETTERS = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d",
    "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh",
    "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y", "ى": "a", "ة": "a",
    "ئ": "i", "ؤ": "u", "ء": "",
}  # fmt: skip
VOWELS = frozenset("aeiou")


def person_after_title(text: str, start: int) -> tuple[int, int] | None:
    """Where a person's name stands right behind a title that ends at `start`; None where no name follows.

    A first word counts only where the lexicon knows it as a name or not at all; verbs, particles and words with the
    article end the name, but a family name with article may close it ("ناصر القدوة").
    """
    gap = re.match(r"[\s،,]+", text[start : start + 3])
    if gap is None or "،" in gap[0]:
        return None
    known = lexicon.load()
    position, words, end = start + gap.end(), 0, start
    linked = False
    while words < LONGEST and (match := WORD.match(text, position)):
        word = bare(match[0])
        form = key(word)
        if form in LINKS:
            linked = True
        elif _ends_name(word, form, words, known) and not linked:
            break
        else:
            words, linked, end = words + 1, False, match.end()
        space = re.match(r"\s", text[match.end() : match.end() + 1])
        if space is None:
            break
        position = match.end() + 1
    first = start + gap.end()
    if words == 0 or (words == 1 and not known.names.get(key(bare(text[first:end])), 0)):
        return None
    return first, end


def _ends_name(word: str, form: str, words: int, known: Lexicon) -> bool:
    """Whether a word cannot belong to the name so far."""
    if form in known.listed and not known.names.get(form, 0):
        return True  # بعث ملك الأردن برقية تهنئة
    if form[:1] == "ب" and form[1:] in known.listed and not known.names.get(form, 0):
        return True  # أوعزت إلى سفيرها بمغادرة
    if word in known.closed or form.startswith(("لل", "بال", "وال", "فال")) or COUNTERPART.match(form):
        return True
    share = known.names.get(form, 0)
    if share == 0 and not known.known.get(form, 0) and _inflected(form, known):
        return True
    if word.startswith("ال"):
        return words == 0 or (share == 0 and known.known.get(form, 0) > 0)
    if share > 0:
        return False
    return known.known.get(form, 0) > 0 or any(letter.isupper() for letter in known.verb_class(word))


def _inflected(form: str, known: Lexicon) -> bool:
    """Whether an unknown word is a known one with a conjunction before it, a pronoun or a dual behind it.

    وقوفه, وقال; اتفاقي, before what the two agreements are called.
    """
    if form.endswith("ي") and len(form) > 4 and form[:-1] in known.listed and not known.names.get(form[:-1], 0):
        return True
    stems = [form[:-n] for n, end in ((1, "ه"), (2, "ها"), (2, "هم")) if form.endswith(end)]
    for stem in stems:
        if len(stem) > 2 and (known.known.get(stem, 0) > 0 or known.known.get(stem.removesuffix("ت") + "ه", 0) > 0):
            return known.names.get(stem, 0) == 0
    rest = form[1:] if form[:1] in "وف" else ""
    return len(rest) > 2 and known.names.get(rest, 0) == 0 and any(c.isupper() for c in known.verb_class(rest))


def latin(name: str) -> str:
    """A provisional Latin form: `latin("ناصر القدوة")` is "Nasser al-Qadua". Short vowels, unwritten, are guessed."""
    joined = re.sub(r"(^|\s)عبد\s+ال", r"\1عبدال", bare(name))
    words = joined.split()
    written = [_word(w, first=i == 0) for i, w in enumerate(words)]
    return " ".join(w for w in written if w)


@cache
def _given() -> dict[str, str]:
    return {key(arabic): latin_form for arabic, latin_form in rows("given_names.tsv")}


def _word(word: str, first: bool) -> str:
    if key(word) in _given():
        return _given()[key(word)]
    if word in SHORT:
        return SHORT[word][:1].upper() + SHORT[word][1:] if first else SHORT[word]
    if word.startswith("عبدال") and len(word) > 6:
        return f"Abdel {_stem(word[5:])}"
    if word.startswith("ال") and len(word) > 3:
        article = "Al" if first else "al"
        return f"{article}-{_given().get(key(word[2:])) or _stem(word[2:])}"
    return _stem(word)


def _stem(word: str) -> str:
    sounds: list[str] = []
    for i, letter in enumerate(word):
        sound = LETTERS.get(letter, "")
        before = sounds[-1] if sounds else ""
        last = i == len(word) - 1
        consonant_before = bool(before) and before[-1] not in VOWELS
        if letter in "وي" and i and word[i + 1 : i + 2] in ("ا", "ى", "آ"):
            sounds.extend(("a",) if consonant_before and i == 1 else ())
            sound = LETTERS[letter]  # before a long vowel the letter is a consonant: صفوان, رياض
        elif letter == "و" and i and consonant_before:
            sound = "u" if not last else "o"
        elif letter == "ي" and i and consonant_before:
            sound = "i"
        elif letter == "ع" and i:
            sound = "" if before[-1:] in VOWELS else "a"
        elif sound and sound[0] not in VOWELS and consonant_before and _needs_vowel(word, i):
            sounds.append("a" if i < 2 else "i")
        sounds.append(sound)
    joined = "".join(sounds)
    return joined[:1].upper() + joined[1:]


def _needs_vowel(word: str, i: int) -> bool:
    """Two consonants in a row: a vowel goes between them at the beginning of a word and before its last letter."""
    return i == 1 or (i == len(word) - 1 and len(word) < 5)
