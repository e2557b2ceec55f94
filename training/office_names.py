"""The part of a person's name that the press uses alone, by the naming custom of the country.

Where a custom gives no such part (royal names, Burmese and Khmer names) nothing is returned: only hand-written forms
count there.
"""

from __future__ import annotations

import re
from pathlib import Path

from training.office_sources import fold, read_table


def surnames(custom: str) -> frozenset[str]:
    """The folded family names of `training/offices/surnames.tsv` that belong to this custom."""
    path = Path(__file__).parent / "offices/surnames.tsv"
    return frozenset(row["name"] for row in read_table(path) if row["custom"] == custom)


FAMILY_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK", "HKG", "MAC", "SGP"})
GIVEN_USED = frozenset({"ETH", "ERI", "LAO", "THA"})
NO_FAMILY = frozenset({"MMR", "KHM", "BTN"})
SPANISH = frozenset(
    {
        "ARG",
        "BOL",
        "CHL",
        "COL",
        "CRI",
        "CUB",
        "DOM",
        "ECU",
        "ESP",
        "GNQ",
        "GTM",
        "HND",
        "MEX",
        "NIC",
        "PAN",
        "PER",
        "PRY",
        "SLV",
        "URY",
        "VEN",
    }
)
PARTICLES = frozenset(
    {
        "de",
        "da",
        "do",
        "dos",
        "das",
        "van",
        "von",
        "der",
        "den",
        "di",
        "del",
        "della",
        "du",
        "la",
        "le",
        "el",
        "al",
        "ten",
        "ter",
        "zu",
        "af",
        "ould",
        "mint",
        "abu",
        "abd",
        "abdul",
        "abdel",
        "ait",
        "aït",
        "ben",
        "bou",
        "des",
        "lo",
        "dalla",
        "mac",
        "st.",
        "san",
        "santa",
        "in",
        "'t",
    }
)
MONARCHIES = frozenset({"SAU", "ARE", "QAT", "KWT", "BHR", "OMN", "BRN", "MYS"})
CHINESE_SURNAMES = surnames("chinese")
KOREAN_SURNAMES = surnames("korean")
SUFFIX = re.compile(r"(?i)(,? (jn?r|sn?r)\.?|,? (júnior|junior|filho|neto|hijo)|,? (ii|iii|iv|v|vi|vii))\Z")
HONORIFIC = re.compile(r"(?i)^(king|queen|prince|princess|sheikh|pope|patriarch|sultan|emir|emperor|grand duke) ")


def given_names(names: list[str]) -> frozenset[str]:
    """The folded first words of these names."""
    return frozenset(fold(name).split()[0] for name in names if fold(name))


def family_forms(name: str, country: str, given: frozenset[str]) -> tuple[str, ...]:
    """Forms of the name used alone, the longest first; `given` holds known first names of the country."""
    name = SUFFIX.sub("", name).strip()
    words = name.split()
    if len(words) < 2 or HONORIFIC.match(name) or " of " in name or country in NO_FAMILY:
        return ()
    low = [w.lower() for w in words]
    if any(w in ("bin", "ibn", "bint") for w in low[1:]) or (country in MONARCHIES and "al" in low[1:]):
        return ()
    if country in FAMILY_FIRST:
        surnames = KOREAN_SURNAMES if country in ("KOR", "PRK") else CHINESE_SURNAMES
        first, last = fold(words[0]), fold(words[-1])
        if first in surnames and not (
            len(words) == 2 and last in surnames and "-" not in words[-1] and country in ("HKG", "SGP")
        ):
            return (words[0],)
        for word in words[1:]:
            if fold(word) in surnames:
                return (word,)
        return (words[-1],) if country == "SGP" else ()
    if country == "VNM":
        return (words[-1],)
    if country in GIVEN_USED:
        return (words[0],) if country != "THA" else (words[0], words[-1])
    if country == "MYS":
        if fold(words[0]) in CHINESE_SURNAMES:
            return (words[0],)
        return (words[0],) if fold(words[0]) not in ("mohamad", "muhammad", "mohd", "abdul", "ahmad", "syed") else ()
    start = len(words) - 1
    if country in SPANISH and len(words) >= 3:
        before = fold(words[-2])
        if before not in given and low[-2] not in PARTICLES and len(before) > 2:
            start -= 1
    while start > 1 and low[start - 1] in PARTICLES:
        start -= 1
    forms = [" ".join(words[start:])]
    tail = words[start:]
    while len(tail) > 1 and tail[0].lower() in PARTICLES:
        tail = tail[1:]
    if (country in SPANISH and len(tail) == 2 and tail[0][:1].isupper()) or (
        len(tail) < len(words[start:]) and len(tail) == 1 and len(tail[0]) > 3
    ):
        forms.append(tail[0])
    hyphen = re.match(r"(?i)(al|el|as|ad|an|ar|at|az|ash)[-'’](\w[\w'’-]{2,})\Z", forms[0])
    if hyphen:
        forms.append(hyphen[2][0].upper() + hyphen[2][1:])
    return tuple(dict.fromkeys(forms))


SPELLED_OUT = (
    *(("ø", "oe"), ("Ø", "Oe"), ("ö", "oe"), ("Ö", "Oe"), ("ü", "ue"), ("Ü", "Ue"), ("ä", "ae"), ("Ä", "Ae")),
    *(("å", "aa"), ("Å", "Aa"), ("đ", "dj"), ("Đ", "Dj"), ("ß", "ss")),
)
SPELLS_OUT = frozenset({"AUT", "BIH", "CHE", "DEU", "DNK", "EST", "FIN", "HRV", "ISL", "MKD", "MNE", "NOR", "SRB"})
INITIAL = re.compile(r"(?<=\w) (?:[A-Z]\.\s*){1,2} (?=\w)")


ROYAL = re.compile(r" Al (Saud|Thani|Sabah|Khalifa|Nahyan|Maktoum|Said)$")
FATHER = re.compile(r" (bin|ibn) [\w'’-]+(?= [\w'’-])")


def press_form(name: str, country: str, given: frozenset[str]) -> str:
    """The shorter full name of the press, where custom has one: "Eduardo Serra" for "Eduardo Serra Rexach", "Iyad
    Madani" for "Iyad bin Amin Madani"; the name itself elsewhere. `given` as for `family_forms`."""
    plain = SUFFIX.sub("", name).strip()
    if country in SPANISH:
        forms = family_forms(plain, country, given)
        if len(forms) == 2 and forms[0].startswith(f"{forms[1]} ") and len(forms[0].split()) == 2:
            return plain.removesuffix(forms[0]) + forms[1]
        return name
    return name if ROYAL.search(plain) else FATHER.sub("", plain)


def plain_forms(name: str, country: str) -> tuple[str, ...]:
    """Other ways in which an English page writes a Latin name: without middle initials ("Christopher Hill"), and with
    the letters of the Nordic, German and South Slavic alphabets spelled out ("Roed-Larsen", "Tudjman")."""
    name = re.sub(r",? Jr\.?$", "", name) if INITIAL.search(name) else name
    forms = {INITIAL.sub(" ", re.sub(r"\b([A-Z])\. (?=[A-Z]\.)", r"\1.", name))}
    if country in SPELLS_OUT | {"SWE", ""}:  # "": who serves an international organisation alone
        for form in (name, *forms):
            for letter, letters in SPELLED_OUT:
                form = form.replace(letter, letters)
            forms.add(form)
    return tuple(sorted(forms))
