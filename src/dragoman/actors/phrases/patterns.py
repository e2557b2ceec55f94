"""What may stand between, before and behind the parts of a title and a name, as patterns of each language."""

from __future__ import annotations

import re

from dragoman.language.grammar import Grammar

POST_ADJECTIVE = frozenset({"fr", "ar", "es"})
CHARGE = re.compile(  # the words of an Arabic title behind its office and country
    r"(?:\s+(?:لل|لشؤون|وشؤون|وال|المكلف|الخاص|الشخصي|المشترك|في\s|إلى\s|لدى\s|باسم\s|بوزارة|لوزارة)[\u0621-\u064a]*"
    r"(?:\s+(?:ال|وال|بال|لل|شؤون)[\u0621-\u064a]+){0,5}){1,3}"
)
MARKS = "\u200e\u200f\u202a-\u202e\u2066-\u2069"  # of direction
HOUSE = re.compile(r"\s+آل\s+[\u0621-\u064a]+")
NAME_PARTICLES = r"(?:bin|ben|ibn|al|el|de|da|do|dos|du|van|von|der|den|la|le|di|abu|abd|ould|ag|of|bint|y|Mc|O[’'])"
CAPITAL = "[A-ZÀ-ÖØ-ÞŠŽČĆĐŞĞİ]"
NAME_WORD = rf"{CAPITAL}(?:\w?\.|[\w’'\-]*)"  # only an initial takes a full stop; a search skips to the capital
DAYS = frozenset(  # "Trump Monday signed"
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december".split()
)
GIVEN_GAP = re.compile(r" (?:(?:al|el|bin|ben|ibn|van|von|der|da|di|de) )*(?:[ae]l-)?")
FAMILY_BEHIND = re.compile(rf" (?:{NAME_PARTICLES}\s+)*(?:[ae]l-)?(?P<word>{CAPITAL}[\w’'\-]+)")
UNKNOWN_NAME = {
    "latin": re.compile(rf"{NAME_WORD}(?:\s+(?:{NAME_PARTICLES}\s+)*(?:al-|el-|Al-|El-)?{NAME_WORD})*"),
    "arabic": re.compile(
        r"[\u0621-\u064A]{2,}(?:\s+(?:بن|آل|أبو|عبد|ولد|أغ)\s+[\u0621-\u064A]{2,})?(?:\s+[\u0621-\u064A]{2,})?"
    ),
}
GIVEN_BEHIND = re.compile(r" ([A-Z][a-z]+-[A-Za-z]+)(?![\w-])")


class PhrasePatterns:
    """The patterns of one language's grammar, compiled once."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.post = grammar.language in POST_ADJECTIVE
        g = grammar

        def alternation(*categories: str) -> str:
            words = sorted({w for c in categories for w in g[c]}, key=len, reverse=True)
            return "|".join(re.escape(w) for w in words) or "(?!x)x"

        article = alternation("article")
        modifier = alternation("modifier", "former")
        former = alternation("former")
        self._former = re.compile(rf"(?:^|\W)(?:{former})\W*$", re.I)
        outgoing, deposed = alternation("outgoing"), alternation("deposed")
        self._lost = re.compile(rf" (?:(?P<outgoing>{outgoing})|(?:{deposed}))(?!\w)", re.I)
        self._former_word = re.compile(rf"\b(?:{former})\b", re.I)
        elided = r"(?:[ldLD][’'])?"
        capital_word = rf"{CAPITAL}[\w’'\-]+"
        if g.language == "ar":
            self._to_role = re.compile(r"^\s+(?:ال)?$")
            self._genitive = re.compile(r"^\s+(?:(?:في|ل|لدى)\s*)?(?:ال)?$")
            self._member = re.compile(rf"^\s+(?:{alternation('member')})\s*(?:ال)?$")
            titles = rf"(?:(?:{alternation('honorific')})\s+)*"
            acting = alternation("former", "acting")
            self._adjacent = re.compile(
                rf"^[\s{MARKS}]+{titles}(?:ال)?$|^\s+(?:{acting})\s+{titles}$|^\s*[،,:]\s*{titles}$"
            )
            self._titles = re.compile(rf"(?:\s+(?:{alternation('honorific', 'former', 'acting')})(?!\w))*")
        else:
            self._member = re.compile(r"(?!x)x")
            self._to_role = re.compile(rf"^(?:['’]s?)?(?:\s+|-)(?:(?:{modifier})[\s-]+){{0,3}}$", re.I)
            both = alternation("both")
            self._genitive = re.compile(
                rf"^\s+(?:(?:{alternation('genitive')})\s*)(?:(?:{both})\s+)?"
                rf"(?:(?:{article})\s*)?{elided}(?:(?:{modifier})\s+)?$",
                re.I,
            )
            described = rf"(?:\s+(?:{alternation('title-adj')})(?!\w)){{0,2}}"  # "le sénateur républicain Marco Rubio"
            self._described = re.compile(rf"{described}(?P<gap>\s+|\s*,\s+)", re.I)
            self._adjacent = re.compile(
                rf"^{described}\s*,?\s+(?:(?:{alternation('honorific')})\.?\s+)*$|^\s*\($", re.I
            )
        self._sent_by = re.compile(rf"^\s+(?:{alternation('sender')})\s+(?:(?:{article})\s*)?$", re.I)
        counted = alternation("article", "cardinal", "modifier", "quantity")
        self._opens = re.compile(
            rf"(?:^|[^\w\s’'-]\s*|\b(?:{alternation('opener', 'agent', 'between')})\s+)(?:(?:{counted})[\s-]+)*$",
            re.I,
        )
        self._adjective = re.compile(r"^\s+(?:ال)?$")
        conjunction = alternation("and")
        listed = rf"^\s*(?:,|,?\s+(?:{conjunction}))\s+(?:{capital_word}\s+){{0,2}}$"
        if g.language == "ar":
            listed = r"^\s*[،,]?\s+و(?:ال)?$"
        self._listed = re.compile(listed) if self.post else None
        self._and_owner = re.compile(rf"^\s*(?:,|,?\s+(?:{conjunction}))(?P<rest>\s+.*)$", re.S)
        self._apposed = re.compile(
            rf"^\s*,\s+(?:(?:{article})\s*|(?P<possessive>{alternation('possessive')})\s+)?{elided}(?:(?:{modifier})[\s-]+){{0,3}}$",
            re.I,
        )
        self._before = re.compile(
            rf"(?:\b(?P<possessive>{alternation('possessive')})\s+)?(?:(?:{modifier})[\s-]+){{0,3}}$", re.I
        )
        given = rf"(?P<given>(?:{CAPITAL}(?:[\w’'\-]+|\.)\s+(?:{NAME_PARTICLES}\s+)*){{1,3}})(?:[AaEe]l-)?"
        charge = alternation("charge")
        self._in_charge = re.compile(rf"^\s+(?:{charge})\s+(?:[\w-]+\s*){{1,5}},\s+$") if g["charge"] else None
        self._given_before = re.compile(rf"(?<![\w’'\-]){given}$")
        self._given_gap = (
            None
            if g.language == "ar"
            else re.compile(rf"^{described}\s*,?\s+(?:(?:{alternation('honorific')})\.?\s+)*{given}$")
        )
        self._not_given = frozenset().union(
            *(
                g[c]
                for c in (
                    "honorific",
                    "article",
                    "possessive",
                    "he",
                    "she",
                    "they",
                    "it",
                    "negation",
                    "relative",
                    "locative",
                    "directional",
                    "genitive",
                    "agent",
                    "between",
                    "former",
                    "modifier",
                    "stop",
                )
            )
        )
        self._no_family = g["stop"] | g["article"] | DAYS
        self._article_before = re.compile(rf"\b(?:{article})\s+(?:(?:{modifier})[\s-]+){{0,3}}$", re.I)
        self._joined_honorific = re.compile(
            rf"(?<!\w)[وفبل](?P<titles>(?:(?:{alternation('honorific')})\s+)+)$" if g.language == "ar" else "(?!x)x"
        )
        counterpart = alternation("counterpart")
        self._counterpart_behind = re.compile(rf"^\s+(?:{counterpart})\b", re.I)
        if g.language == "ar":
            self._counterpart_before = re.compile(rf"(?:{counterpart})(?:ه|ها|هم|هما|يه|تها|ته)?\s+(?:ال)?$")
        else:
            self._counterpart_before = re.compile(
                rf"(?:\b(?:{alternation('possessive')})\s+)?\b(?:{counterpart})\s+$", re.I
            )
        self._honorific_before = re.compile(rf"(?:\b(?:{alternation('honorific')})\b\.?\s*)+$", re.I)
