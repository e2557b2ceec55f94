"""Where the noun phrases of an Arabic clause begin and end, by article, agreement and what may close a phrase.

A phrase is closed by an article, a name, a pronoun written on to it or an ending that owns nothing; behind that only an
adjective that agrees, a name after a title or a noun joined by و still belongs to it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from dragoman.language.ar.clauses import is_time
from dragoman.language.ar.lexicon import masdars, word_list
from dragoman.language.ar.normalise import key
from dragoman.language.sentence import Token

NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "X", "SYM"})
QUOTES = frozenset("«»\"“”„'‘’()[]")
COMMAS = ("،", ",", "-", "–")
STOPS = frozenset({".", "؛", ";", ":", "؟", "?", "!", "…", "..."})
LINKS = frozenset(
    map(key, ("بن", "ابن", "بنت", "أبو", "أبي", "ولد", "آل", "عبد", "دي", "دو", "دا", "فان", "فون", "أغ"))
)
ACCUSATIVE = ("اً", "ًا")
DEMONSTRATIVES = frozenset({"هذا", "هذه", "ذلك", "تلك", "هؤلاء", "هذان", "هذين", "هاتان", "هاتين", "أولئك"})
CLAUSAL = frozenset({"VERB", "AUX", "SCONJ", "ADP", "CCONJ", "PUNCT", "PART", "ADV"})


@cache
def list_keys(name: str) -> frozenset[str]:
    """The matching forms of the words of a list in this folder."""
    return frozenset(map(key, word_list(name)))


@dataclass(slots=True)
class Nouns:
    """One noun phrase without preposition: its tokens from `start` to `end`, and the noun that heads it."""

    start: int
    end: int
    head: int
    after_comma: bool = False


class NounPhrases:
    """Cuts the noun phrases out of one sentence; `groups` are the indices of tokens given as groups."""

    def __init__(self, tokens: list[Token], groups: Collection[int]) -> None:
        self.tokens = tokens
        self.groups = groups

    def _phrases(self, start: int, verb: int) -> list[Nouns]:
        """The bare noun phrases from `start` to the end of the clause."""
        tokens, found, i, comma, after_name = self.tokens, list[Nouns](), start, False, -1
        while i < len(tokens):
            token = tokens[i]
            if token.pos in ("VERB", "SCONJ", "AUX") or token.text in STOPS or "PronType=Rel" in token.morph:
                break
            if token.pos == "PUNCT":
                if token.text in COMMAS:  # the second ends what the first began: التقى الرئيس، بوساطة قطرية، نظيره
                    comma = not comma or any(phrase.after_comma for phrase in found)
                i = self._closing(i) if token.text in "([" else i + 1
            elif token.pos == "CCONJ":
                if not (i + 1 < len(tokens) and tokens[i + 1].pos == "ADP"):
                    break
                i += 1
            elif token.pos == "ADP":
                i = self._phrase_end(i)
            elif is_time(token):
                i += 1
            elif self._participle(i):
                break
            elif (
                token.pos in NOMINAL
                or i in self.groups
                or (token.pos == "ADJ" and (i in (start, after_name) or self._noun_like(i)))
            ):
                end, head = self._noun_phrase(i)
                counted = tokens[head].pos == "NUM" and end < len(tokens) and is_time(tokens[end])
                if not is_time(tokens[head]) and not counted:
                    found.append(Nouns(i, end, head, comma))
                after_name = end if end == i + 1 and i in self.groups else -1
                i = end
            elif token.text in DEMONSTRATIVES and (i + 1 == len(tokens) or tokens[i + 1].pos in CLAUSAL):
                found.append(Nouns(i, i + 1, i, comma))  # نفت طهران ذلك
                i += 1
            elif token.pos == "DET":
                i += 1
            else:
                i += 1
        return found

    def _closing(self, i: int) -> int:
        for j in range(i + 1, min(len(self.tokens), i + 12)):
            if self.tokens[j].text in ")]":
                return j + 1
        return i + 1

    def _phrase_end(self, i: int) -> int:
        """Past the noun phrase that a preposition at `i` governs."""
        tokens, j = self.tokens, i + 1
        while j < len(tokens) and (tokens[j].pos in ("ADP", "DET") or tokens[j].text in QUOTES):
            j += 1
        if j >= len(tokens) or tokens[j].pos in ("VERB", "SCONJ", "CCONJ", "PUNCT"):
            return j
        if tokens[j].pos == "PRON":
            return j + 1
        return self._noun_phrase(j)[0]

    def _noun_phrase(self, start: int) -> tuple[int, int]:
        """End and head of the noun phrase that begins at `start`."""
        tokens, i, head = self.tokens, start, start
        if self._counts(i):
            while i + 1 < len(tokens) and self._counts(i + 1):
                i += 1
            if i + 2 < len(tokens) and tokens[i + 1].text == "من" and tokens[i + 2].pos in ("NOUN", "PROPN"):
                i += 1
            if i + 1 < len(tokens) and tokens[i + 1].pos in ("NOUN", "PROPN") and not is_time(tokens[i + 1]):
                i = head = i + 1
        definite, named = self._definite(i), self._person(i)
        closed, i = definite or self._owns_nothing(i), i + 1
        while i < len(tokens):
            token = tokens[i]
            if token.text in QUOTES and token.text not in "([" and not closed:
                i += 1
            elif self._glued(i):
                closed, definite, i = True, True, i + 1
            elif token.text in DEMONSTRATIVES and i + 1 < len(tokens) and tokens[i + 1].text.startswith("ال"):
                i += 1 if closed else 2
                closed = definite = True
            elif token.pos == "CCONJ" and token.text == "و" and self._coordinates(i):
                i, _ = self._noun_phrase(i + 1)
                closed = definite = True
            elif token.pos in CLAUSAL or is_time(token):
                break
            elif i - 1 in self.groups and key(token.text) in list_keys("never_owners.txt"):
                break  # أطلق جنود النار
            elif self._qualifies(i):
                if token.text.startswith("ال") != definite and (closed or definite):
                    break
                one = tokens[i - 1].pos == "PROPN" and (self._person(i - 1) or i - 1 in self.groups)
                if one and token.text.endswith(("ين", "ون")):
                    break  # منعت بيونغ يانغ الماليزيين
                if i - 1 == start and start in self.groups and tokens[start].pos == "PROPN" and i not in self.groups:
                    break  # "أدانت الجامعة العربية الجريمة"
                definite, closed, i = definite or token.text.startswith("ال"), True, i + 1
            elif not closed and token.pos in NOMINAL | {"ADJ", "DET"}:
                definite, named = self._definite(i), named or self._person(i)
                closed, i = definite or self._owns_nothing(i), i + 1
            elif self._continues_name(i, start, named):
                named, i = named or i in self.groups, i + 1
            else:
                break
        return i, head

    def _owns_nothing(self, i: int) -> bool:
        """Whether the ending shows that no genitive follows: مسلحون, جنديان, اتفاقاً."""
        token = self.tokens[i]
        many = "Number=Plur" in token.morph or "Number=Dual" in token.morph
        return token.text.endswith(ACCUSATIVE) or (many and token.text.endswith(("ون", "ين", "ان")))

    def _qualifies(self, i: int) -> bool:
        """Whether a token is an adjective; an indefinite one in -i that was taken for a name counts too."""
        token = self.tokens[i]
        if token.pos == "ADJ":
            return not self._noun_like(i)
        plain = token.pos == "PROPN" and i not in self.groups and self.tokens[i - 1].pos == "NOUN"
        role = key(self.tokens[i - 1].text.removeprefix("ال")) in list_keys("roles.txt")
        return plain and not role and token.text.endswith(("ي", "ية")) and not token.text.startswith("ال")

    def _person(self, i: int) -> bool:
        return self.tokens[i].morph == "NameType=Prs" and self.tokens[i].pos == "PROPN"

    def _counts(self, i: int) -> bool:
        token = self.tokens[i]
        return token.pos in ("NUM", "DET") or key(token.text.removeprefix("ال")) in list_keys("quantities.txt")

    def _definite(self, i: int) -> bool:
        token = self.tokens[i]
        if token.pos == "PROPN" and i not in self.groups and token.text.endswith("ي"):
            return token.text.startswith("ال")  # a dual or an adjective that was taken for a name: تفجيري نيروبي
        return token.text.startswith("ال") or token.pos == "PROPN" or i in self.groups

    def _glued(self, i: int) -> bool:
        token = self.tokens[i]
        return token.pos == "PRON" and self.tokens[i - 1].end == token.start and len(token.text) < 4

    def _noun_like(self, i: int) -> bool:
        """Whether what was tagged as an adjective is a noun of action: المباحثات, الوساطة."""
        form = key(self.tokens[i].text.removeprefix("ال"))
        return form in masdars() or form in list_keys("action_nouns.txt")

    def _participle(self, i: int) -> bool:
        """An accusative participle opens a clause of its own: مطالباً إسرائيل بالانسحاب."""
        return self.tokens[i].pos == "ADJ" and self.tokens[i].text.endswith((*ACCUSATIVE, "ا"))

    def _coordinates(self, i: int) -> bool:
        """Whether و at `i` joins a noun phrase to the one before it."""
        tokens = self.tokens
        if i + 1 >= len(tokens):
            return False
        after = tokens[i + 1]
        if after.pos == "ADJ" and not self._noun_like(i + 1):
            return not self._participle(i + 1)
        return (after.pos in NOMINAL or i + 1 in self.groups) and not is_time(after)

    def _continues_name(self, i: int, start: int, named: bool) -> bool:
        """Whether a noun behind a complete phrase still belongs to it: the name after a title, more of a name."""
        token, before = self.tokens[i], self.tokens[i - 1]
        role = key(self._role_word(start)) in list_keys("roles.txt")
        if i in self.groups:
            first = key(token.text.split()[0])
            another = first.startswith("نظير") or first in list_keys("roles.txt")  # التقى الرئيس المصري نظيره كيم
            return token.morph == "NameType=Prs" and token.pos == "PROPN" and role and not named and not another
        owned = i + 1 < len(self.tokens) and self._glued(i + 1)
        if owned:
            return False
        if role and not named and key(token.text.removeprefix("ال")) in list_keys("roles.txt"):
            return True  # العاهل الأردني الملك عبد الله
        if token.text.startswith("ال") and i - 1 in self.groups:
            return False
        if token.pos == "PROPN" or key(token.text) in LINKS:
            return before.pos == "PROPN" or role or key(before.text) in LINKS
        return key(before.text) in LINKS

    def _role_word(self, start: int) -> str:
        return self.tokens[start].text.split()[0].removeprefix("ال")
