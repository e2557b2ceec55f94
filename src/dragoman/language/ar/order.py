"""Who stands where around an Arabic verb, read off word order, agreement and valency instead of the trained tree.

Behind a verb the noun phrases come in a fixed order: a written-on pronoun, the subject, the object; phrases with a
preposition and words of time stand anywhere between. So the phrases up to the next clause are cut out one by one, and
subject and object are what their number, the verb's gender and its valency leave. A verb that always has an object and
only one phrase behind it has a subject that goes without saying, or is a passive without its signs; either way the
phrase is what is acted on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache

from dragoman.language.ar.clauses import SUBJECTS, hang, is_time
from dragoman.language.ar.lemmas import is_broken_plural
from dragoman.language.ar.lexicon import rows
from dragoman.language.ar.normalise import bare, key
from dragoman.language.ar.noun_phrases import ACCUSATIVE, STOPS, NounPhrases, Nouns, list_keys
from dragoman.language.sentence import Token

BA_VERBS = frozenset(map(key, ("ألقى", "بعث", "رمى", "دفع", "زج", "أنحى")))  # with what they act on behind ب


@cache
def _participles() -> dict[str, str]:
    return {key(form): verb for verb, forms in rows("participles.tsv") for form in forms.split("|")}


def participle_of(text: str) -> str | None:
    """The verb of an indefinite accusative participle (مطالباً, رافضة, داعين); None for any other word."""
    word = bare(text)
    if word.startswith("ال") or word == "مدينة":  # a city, hardly ever "condemning"
        return None
    for ending in ("تين", "ين", "ة", "ا"):
        stem = key(word.removesuffix(ending))
        if word.endswith(ending) and stem in _participles() and (ending != "ة" or len(stem) > 2):
            return _participles()[stem]
    return None


class Order(NounPhrases):
    """One reading of the phrases behind the verbs of a sentence; `apply` writes it into the tokens."""

    def apply(self) -> None:
        """Set subjects and objects of all verbs; join each coordinated verb to the one whose subject it shares."""
        for i in range(len(self.tokens)):
            self._second_predicate(i)
            self._relative(i)
            self._action_of(i)
        for verb, token in enumerate(self.tokens):
            if token.pos == "VERB" and "VerbForm" not in token.morph and token.morph:
                self._clause(verb)
        for verb, token in enumerate(self.tokens):
            if token.pos == "VERB" and "VerbForm" not in token.morph and token.morph:
                self._join(verb)

    def _second_predicate(self, i: int) -> None:
        """An indefinite accusative participle behind a clause is a verb with the clause's subject."""
        tokens, token = self.tokens, self.tokens[i]
        if i < 2 or i in self.groups or token.pos not in ("ADJ", "NOUN", "ADV", "PROPN", "VERB"):
            return
        verb = participle_of(token.text)
        outer = next((j for j in range(i - 1, -1, -1) if tokens[j].pos == "VERB"), None)
        before = tokens[i - 1]
        if verb is None or outer is None or before.pos == "ADP" or (before.pos == "NOUN" and not self._definite(i - 1)):
            return
        while tokens[outer].dep == "acl:relcl" and tokens[i - 1].pos == "PUNCT":
            above = next((j for j in range(outer - 1, -1, -1) if tokens[j].pos == "VERB"), None)
            if above is None:
                break
            outer = above
        tokens[i] = replace(token, pos="VERB", lemma=verb, morph="VerbForm=Part", dep="advcl")
        hang(tokens, i, outer, "advcl")
        phrases = [p for p in self._phrases(i + 1, i) if not p.after_comma]
        self._write(i, None, phrases[0] if phrases else None)

    def _relative(self, verb: int) -> None:
        """The verb of a relative clause hangs on the nearest noun before it."""
        tokens = self.tokens
        if verb < 2 or tokens[verb].pos != "VERB":
            return
        if "PronType=Rel" not in tokens[verb - 1].morph:
            before, glued = tokens[verb - 1], verb + 1 < len(tokens) and self._glued(verb + 1)
            plain = before.pos in ("NOUN", "PROPN") and verb - 1 not in self.groups and not self._definite(verb - 1)
            if glued and plain and not is_time(before) and tokens[verb].dep != "acl:relcl":
                hang(tokens, verb, verb - 1, "acl:relcl")  # هجوم شنه الحزب: no pronoun behind an indefinite noun
            return
        nearest = verb - 2
        if tokens[verb].dep == "acl:relcl":
            named = nearest in self.groups and tokens[nearest].pos == "PROPN" and not is_time(tokens[nearest])
            if named and tokens[verb].head < nearest:
                hang(tokens, verb, nearest, "acl:relcl")  # طائرات إلى باكستان التي اجتاحتها الفيضانات
            return
        for j in range(nearest, -1, -1):
            if tokens[j].pos in ("NOUN", "PROPN") and not is_time(tokens[j]):
                if tokens[verb].head != verb and hang(tokens, verb, j, "acl:relcl"):
                    hang(tokens, verb - 1, verb, "nsubj" if _same_gender(tokens[verb - 1], tokens[verb]) else "obj")
                return
            if tokens[j].pos == "VERB":
                return

    def _action_of(self, i: int) -> None:
        """Whom an action has for object behind its agent: لقائه وزير الخارجية, استهداف الحوثيين مطار أبها."""
        tokens = self.tokens
        action = i not in self.groups and (self._noun_like(i) or key(tokens[i].lemma) in list_keys("action_nouns.txt"))
        if not action or tokens[i].pos == "VERB" or i + 2 >= len(tokens):
            return
        agent = i + 1
        patient = i + 2
        if not self._glued(agent):
            if agent not in self.groups or tokens[agent].pos not in ("NOUN", "PROPN") or is_time(tokens[agent]):
                return
            while patient < len(tokens) and (tokens[patient].pos == "PUNCT" or is_time(tokens[patient])):
                patient += 1
            if patient >= len(tokens) or not self._apart(agent, patient):
                return
        elif patient not in self.groups:
            return
        if tokens[patient].pos in ("NOUN", "PROPN") and not is_time(tokens[patient]):
            hang(tokens, agent, i, "nmod")
            hang(tokens, patient, i, "nmod")

    def _apart(self, agent: int, patient: int) -> bool:
        """Whether a bare noun behind an action's agent is another one's: a second title or name, or a plain noun."""
        tokens = self.tokens
        if tokens[patient].pos not in ("NOUN", "PROPN"):
            return False
        titled = tokens[agent].morph == "NameType=Prs" and " " in tokens[agent].text
        if patient in self.groups:
            return titled or tokens[agent].morph != "NameType=Prs"
        return patient == agent + 1 and not tokens[patient].text.startswith("ال") and tokens[patient].pos == "NOUN"

    # -- phrases

    def _clause(self, verb: int) -> None:
        tokens = self.tokens
        pronoun = verb + 1 < len(tokens) and self._glued(verb + 1)
        phrases = self._phrases(verb + (2 if pronoun else 1), verb)
        if pronoun:
            hang(tokens, verb + 1, verb, "obj")
        bare = [p for p in phrases if not p.after_comma]
        if len(bare) < 2 and self._transitive(verb):
            bare = phrases[: 2 if not pronoun else 1]
        subject, patient = self._roles(verb, bare, pronoun)
        given = pronoun and len(bare) == 1 and bare[0] is subject and self._gives(verb, bare[0])
        if given:  # وسلّمته مذكرة احتجاج
            subject, patient = None, bare[0]
        self._write(verb, subject, patient)
        if pronoun and subject is not None and verb and "PronType=Rel" in tokens[verb - 1].morph:
            tokens[verb - 1] = replace(
                tokens[verb - 1], head=verb, dep="dep"
            )  # the pronoun takes it up: التي تتهمها إسرائيل
        self._second_object(verb, bare, pronoun, subject)

    # -- roles

    def _transitive(self, verb: int) -> bool:
        return key(self.tokens[verb].lemma) in list_keys("transitive.txt")

    def _gives(self, verb: int, phrase: Nouns) -> bool:
        """Whether a plain noun without article behind a verb of giving and its pronoun is what is given."""
        head = self.tokens[phrase.head]
        plain = phrase.head not in self.groups and head.pos == "NOUN" and not head.text.startswith("ال")
        return plain and key(self.tokens[verb].lemma) in list_keys("ditransitive.txt")

    def _second_object(self, verb: int, phrases: Sequence[Nouns], pronoun: bool, subject: Nouns | None) -> None:
        """What is given to whom: سلّمت باريس الجيش مدرعات, وسلّمته مذكرة. The receiver becomes the indirect object."""
        if key(self.tokens[verb].lemma) not in list_keys("ditransitive.txt"):
            return
        given = [p for p in phrases if p is not subject]
        if pronoun and given:
            thing, receiver = given[0], verb + 1
        elif len(given) > 1:
            thing, receiver = given[1], given[0].head
        else:
            return
        if thing.head in self.groups or self.tokens[thing.head].pos != "NOUN":
            return
        self._write(verb, subject, thing)
        hang(self.tokens, receiver, verb, "iobj")

    def _roles(self, verb: int, phrases: Sequence[Nouns], pronoun: bool) -> tuple[Nouns | None, Nouns | None]:
        """Subject and object among the phrases behind a verb; None where it has none there."""
        tokens, token = self.tokens, self.tokens[verb]
        before = tokens[verb - 1] if verb else None
        relative = before is not None and "PronType=Rel" in before.morph
        if relative and phrases and before is not None and not _same_gender(before, token):
            return phrases[0], None  # المنطقتان اللتان اعترف بوتين باستقلالهما
        preceding = any(
            t.head == verb and t.dep in SUBJECTS and i < verb and "PronType=Rel" not in t.morph
            for i, t in enumerate(tokens)
        )
        if not phrases:
            return None, None
        if "Voice=Pass" in token.morph:
            return (phrases[0] if not (preceding or relative) else None), None
        if pronoun:
            return (phrases[0] if not preceding else None), (phrases[1] if len(phrases) > 1 else None)
        if preceding or relative:
            return None, phrases[0]
        if len(phrases) > 1:
            first, second = phrases[0], phrases[1]
            if self._accusative(first) and not self._accusative(second):
                return second, first
            if self._transitive(verb) and (self._disagrees(verb, first) or self._owned_thing(first)):
                return None, first
            return first, second
        only = phrases[0]
        if key(tokens[only.start].text).startswith("نظير") and only.start in self.groups:
            return None, only  # "التقى خلالها نظيره العراقي"
        clausal = self._has_clause(verb, only.end)
        if self._accusative(only) or (self._owned(only) and not self._dual(verb)):
            return None, only
        near = only.start == verb + 1 or only.head in self.groups
        if self._disagrees(verb, only) and (near or self._transitive(verb)):
            return None, only
        if self._transitive(verb) and not clausal and not self._dual_phrase(only) and not self._opens_with(verb, only):
            return None, only
        return only, None

    def _opens_with(self, verb: int, phrase: Nouns) -> bool:
        """Whether the first verb of a sentence has a state, or an official who does what no passive tells, behind it.

        Nobody was named before who could go without saying: ألقت كوالالمبور باللوم على …, but اعتقل ناشط في القاهرة.
        """
        tokens = self.tokens
        with_ba = key(tokens[verb].lemma) in BA_VERBS and any(
            t.text == "ب" and i <= phrase.end + 1 for i, t in enumerate(tokens[: phrase.end + 2]) if i >= phrase.end
        )
        if phrase.head not in self.groups or phrase.start != verb + 1:
            return False
        if with_ba:
            return True
        if any(t.pos == "VERB" for t in tokens[:verb]) or (verb and tokens[verb - 1].pos == "CCONJ"):
            return False
        state = tokens[phrase.head].pos == "PROPN" and not self._person(phrase.head)
        return state or key(tokens[verb].lemma) not in list_keys("suffered.txt")

    def _has_clause(self, verb: int, at: int) -> bool:
        """Whether a clause stands where the object would: رفضت الحكومة أن …, قال الوزير: «…»."""
        rest = self.tokens[at : at + 8]
        for token in rest:
            if token.text in ("أن", "إن", "ان", "أنّ", "ألا", "ما", ":", "«"):
                return True
            if token.pos == "VERB" or token.text in STOPS or token.text in ("،", ","):
                return False
        return False

    def _accusative(self, phrase: Nouns) -> bool:
        text = self.tokens[phrase.head].text
        return self.tokens[phrase.head].pos == "NOUN" and phrase.head not in self.groups and text.endswith(ACCUSATIVE)

    def _owned(self, phrase: Nouns) -> bool:
        """Whether the phrase is somebody's who was named before: سفيرها, دبلوماسييها."""
        after = phrase.head + 1
        return after < phrase.end and self._glued(after) and phrase.head not in self.groups

    def _owned_thing(self, phrase: Nouns) -> bool:
        word = key(self.tokens[phrase.head].lemma)
        return self._owned(phrase) and word not in list_keys("roles.txt") and not self._dual_phrase(phrase)

    def _dual(self, verb: int) -> bool:
        return "Number=Dual" in self.tokens[verb].morph

    def _dual_phrase(self, phrase: Nouns) -> bool:
        """ "The two sides", "X and Y": a subject of what two do with each other."""
        head = self.tokens[phrase.head]
        joined = any(t.text == "و" for t in self.tokens[phrase.start : phrase.end])
        return "Number=Dual" in head.morph or (head.text.endswith("ان") and head.text.startswith("ال")) or joined

    def _disagrees(self, verb: int, phrase: Nouns) -> bool:
        """Whether gender forbids a phrase to be the verb's subject."""
        token, head = self.tokens[verb], self.tokens[phrase.head]
        words = head.text.split()
        first = words[0]
        plain = first.removeprefix("ال")
        man = key(plain) in list_keys("roles.txt") and not first.endswith("ة")
        if "Gender=Fem" in token.morph:
            if "Number=Plur" in head.morph or self._counts(phrase.start):
                return False
            return man and key(plain) not in list_keys("feminine.txt")
        if "Gender=Masc" in token.morph and head.pos == "NOUN" and phrase.start == verb + 1 == phrase.head:
            fem = plain.endswith("ة") and key(plain) != "خليفه"
            fem = fem and not is_broken_plural(key(plain))
            return fem and not (phrase.head in self.groups and "Number=Plur" in head.morph)
        state = phrase.head in self.groups and head.pos == "PROPN" and not self._person(phrase.head)
        return state and "Gender=Masc" in token.morph and len(words) == 1 and bare(plain).endswith(("ا", "ة"))

    # -- writing

    def _write(self, verb: int, subject: Nouns | None, patient: Nouns | None) -> None:
        tokens = self.tokens
        passive = "Voice=Pass" in tokens[verb].morph
        chosen = {p.head for p in (subject, patient) if p}
        if not chosen:
            return
        for i, t in enumerate(tokens):
            behind = t.head == verb and i > verb and i not in chosen and t.pos != "PRON"
            if behind and (t.dep in SUBJECTS or (t.dep == "obj" and patient is not None)):
                tokens[i] = replace(t, dep="dep")
        for phrase, dep in ((subject, "nsubj:pass" if passive else "nsubj"), (patient, "obj")):
            if phrase is None:
                continue
            self._gather(phrase, verb)
            hang(tokens, phrase.head, verb, dep)

    def _gather(self, phrase: Nouns, verb: int) -> None:
        """Hang the words of a phrase on its head, where they hang outside it."""
        tokens = self.tokens
        if phrase.start <= tokens[phrase.head].head < phrase.end:  # the head hangs inside its own phrase
            tokens[phrase.head] = replace(tokens[phrase.head], head=verb)
        for i in range(phrase.start, phrase.end):
            token = tokens[i]
            joined = i > phrase.start and tokens[i - 1].pos == "CCONJ"
            listed = joined and (i in self.groups or token.pos == "PROPN") and token.dep != "conj"
            inside = phrase.start <= token.head < phrase.end and token.head != i
            if i == phrase.head or (inside and not listed) or token.pos in ("CCONJ", "PUNCT"):
                continue
            dep = "conj" if joined else "nummod" if i < phrase.head else "amod" if token.pos == "ADJ" else "nmod"
            if token.pos == "PROPN" and not joined and i not in self.groups:
                dep = "flat"
            hang(tokens, i, phrase.head, dep)

    def _join(self, verb: int) -> None:
        """A verb behind و, ف, ثم, كما without subject of its own shares that of the last verb it agrees with."""
        tokens, token = self.tokens, self.tokens[verb]
        before = next(
            (j for j in range(verb - 1, -1, -1) if tokens[j].pos not in ("PART", "AUX")), -1
        )  # وكانت قد التقت
        if before < 0 or key(tokens[before].text) not in ("و", "ف", "ثم", "كما", "فيما", "بينما"):
            return
        if any(t.head == verb and t.dep in SUBJECTS for t in tokens):
            if token.dep in ("obl", "nmod", "amod", "appos", "flat", "dep", "obj"):  # كما دانت الجامعة الهجوم
                other = next((j for j in range(before - 1, -1, -1) if tokens[j].pos == "VERB"), verb)
                if other != verb:
                    hang(tokens, verb, other, "conj")
            return
        for other in range(before - 1, -1, -1):
            if tokens[other].pos != "VERB" or "VerbForm" in tokens[other].morph or not self._agree(other, verb):
                continue
            if tokens[other].dep == "acl:relcl" or not self._has_subject(other):
                continue
            if token.head != other or token.dep != "conj":
                if token.head == verb:  # the root below another verb: the other one takes its place
                    self._raise(other)
                hang(tokens, verb, other, "conj")
            return

    def _raise(self, verb: int) -> None:
        above = self.tokens[verb].head
        if above != verb:
            self.tokens[verb] = replace(self.tokens[verb], head=verb, dep="root")

    def _has_subject(self, verb: int) -> bool:
        return any(t.head == verb and t.dep in SUBJECTS for t in self.tokens)

    def _agree(self, first: int, second: int) -> bool:
        def feature(verb: int, name: str) -> str:
            parts = (part for part in self.tokens[verb].morph.split("|") if part.startswith(name))
            return next(parts, "")

        same_time = feature(first, "Tense") == feature(second, "Tense")
        return same_time and feature(first, "Gender") == feature(second, "Gender")


def _same_gender(pronoun: Token, verb: Token) -> bool:
    for gender in ("Gender=Fem", "Gender=Masc"):
        if gender in pronoun.morph and gender not in verb.morph:
            return False
    return "Number=Dual" not in pronoun.morph or "Number=Dual" in verb.morph


def word_order(tokens: list[Token], groups: Collection[int]) -> None:
    """Amend subjects, objects and coordination of the verbs in place."""
    Order(tokens, groups).apply()
