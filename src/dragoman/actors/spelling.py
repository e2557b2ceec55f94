"""Whether a name in Arabic letters and one in Latin letters are the same name: both are reduced to their consonants.

Short vowels are not written in Arabic, and the press writes foreign sounds in several ways (غ, ج, ك and ق for g; ف and
ڤ for v), so letters of one family count as one and vowels not at all. That alone would let too much through: callers
compare a name only with the few persons whom the office, the country and the date leave.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

ARABIC = str.maketrans(
    {
        **dict.fromkeys("ب پ".split(), "b"),
        **dict.fromkeys("ف ڤ".split(), "f"),
        **dict.fromkeys("ج غ ق ك گ خ چ".split(), "k"),
        **dict.fromkeys("ت ط ث".split(), "t"),
        **dict.fromkeys("د ذ ض".split(), "d"),
        **dict.fromkeys("س ش ص ز ظ ژ".split(), "s"),
        "ل": "l",
        "م": "m",
        "ن": "n",
        "ر": "r",
        **dict.fromkeys("ا أ إ آ ء ئ ؤ ى ي و ه ة ح ع".split(), None),
    }
)
LATIN_PAIRS = (
    ("tch", "ts"), ("tsch", "ts"), ("sch", "s"), ("sh", "s"), ("ch", "s"), ("kh", "k"), ("gh", "k"), ("ph", "f"),
    ("th", "t"), ("dh", "d"), ("zh", "s"), ("ck", "k"), ("x", "ks"), ("cz", "ts"), ("ce", "s"), ("ci", "s"),
)  # fmt: skip
LATIN = str.maketrans(
    {
        **dict.fromkeys("bp", "b"),
        **dict.fromkeys("fv", "f"),
        **dict.fromkeys("gjkqc", "k"),
        "t": "t",
        "d": "d",
        **dict.fromkeys("sz", "s"),
        **dict.fromkeys("aeiouyhw'’ʿʾ", None),
    }
)
ARABIC_PARTICLES = frozenset("بن ابن بنت آل ال ولد دي دو دا فان فون أغ أبو أبي".split())
LATIN_PARTICLES = frozenset("al el bin ben ibn bint ould abu de du da do van von der di le la".split())
MARKS = re.compile(r"[\u0640\u064b-\u065f\u0670]")
FAMILY = 0.75  # how alike the last words must be
GIVEN = 0.6  # and the first ones


@lru_cache(maxsize=1 << 14)
def consonants(word: str) -> str:
    """The consonants of one word of a name, letters of one family written alike, doubled ones once."""
    if "\u0600" <= word[:1] <= "\u06ff":
        plain = MARKS.sub("", word)
        plain = plain[2:] if plain.startswith("ال") and len(plain) > 4 else plain
        reduced = plain.replace("تش", "س").translate(ARABIC)
    else:
        flat = unicodedata.normalize("NFKD", word.lower()).encode("ascii", "ignore").decode()
        for pair, single in LATIN_PAIRS:
            flat = flat.replace(pair, single)
        reduced = flat.translate(LATIN).replace("ts", "s")
    return re.sub(r"(.)\1+", r"\1", reduced)


@lru_cache(maxsize=1 << 14)
def words(name: str) -> tuple[str, ...]:
    """The words of a name without particles; عبد and abd are joined to what follows."""
    joined = re.sub(r"عبد\s+ال", "عبدال", MARKS.sub("", name))
    joined = re.sub(r"\b([Aa]bd)\s+(?:[ae]l-?)", r"\1", joined)
    parts = [w for w in re.split(r"[\s\-.]+", joined) if w]
    kept = [w for w in parts if w not in ARABIC_PARTICLES and w.lower() not in LATIN_PARTICLES]
    return tuple(kept or parts)


@lru_cache(maxsize=1 << 14)
def alike(first: str, second: str) -> float:
    """How alike two words sound, 0 to 1; of very short ones only equal ones do."""
    a, b = consonants(first), consonants(second)
    if min(len(a), len(b)) < 2:
        return float(a == b) * 0.9
    return SequenceMatcher(None, a, b).ratio()


def same_name(arabic: str, latin: str) -> float:
    """0 where the two cannot be one name, else how well they fit, up to 2: the family names, then the given names."""
    ours, theirs = words(arabic), words(latin)
    if not ours or not theirs:
        return 0.0
    family = max(alike(ours[-1], w) for w in theirs)
    if family < FAMILY:
        return 0.0
    if len(ours) == 1:
        return max(alike(ours[0], theirs[-1]), family - 0.2)
    given = max(alike(ours[0], w) for w in theirs)
    return family + given if given >= GIVEN else 0.0
