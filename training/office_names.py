"""The part of a person's name that the press uses alone, by the naming custom of the country.

Where a custom gives no such part (royal names, Burmese and Khmer names) nothing is returned: only hand-written forms
count there.
"""

from __future__ import annotations

import re

from training.office_sources import fold

FAMILY_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK", "HKG", "MAC", "SGP"})
GIVEN_USED = frozenset({"ETH", "ERI", "LAO", "THA"})
NO_FAMILY = frozenset({"MMR", "KHM", "BTN"})
SPANISH = frozenset({"ARG", "BOL", "CHL", "COL", "CRI", "CUB", "DOM", "ECU", "ESP", "GNQ", "GTM", "HND", "MEX", "NIC",
                     "PAN", "PER", "PRY", "SLV", "URY", "VEN", "ESH"})
PARTICLES = frozenset({"de", "da", "do", "dos", "das", "van", "von", "der", "den", "di", "del", "della", "du", "la",
                       "le", "el", "al", "ten", "ter", "zu", "af", "ould", "mint", "abu", "abd", "abdul", "abdel",
                       "ait", "aït", "ben", "bou", "des", "lo", "dalla", "mac", "st.", "san", "santa", "in", "'t"})
MONARCHIES = frozenset({"SAU", "ARE", "QAT", "KWT", "BHR", "OMN", "BRN", "MYS"})
CHINESE_SURNAMES = frozenset(
    "ai an bai bao bo cai cao chan chang chao che chen cheng cheung chi chiang chien chin ching cho chou chow chu chuang"
    " chung cui dai deng ding dong du duan fan fang feng fong fu fung gao geng gong gu guan guo ha han hao he heng ho"
    " hong hou hsiao hsieh hsu hu hua huang hui hung ip jia jiang jiao jin jing kan kang kao ke ko koh kong ku kuan kung"
    " kuo kwok lai lam lau law lee lei leung li lian liang liao lien lim lin ling liu lo long lou lu lui luo ma mak mao"
    " mei meng miao mo mok ng ni nie niu ong ou ouyang pan pang peng qi qian qiao qin qiu qu quan rao ren rong ruan shao"
    " shen sheng shi shih shu si sima situ song su sun sung tai tam tan tang tao teng tian tien to tong tsai tsang tse"
    " tseng tung tu wan wang wei wen weng wong woo wu xia xiang xiao xie xin xiong xu xue yan yang yao ye yeh yi yin ying"
    " yip you yu yuan yue yuen yun zeng zhai zhan zhang zhao zheng zhong zhou zhu zhuang zhuo zou zuo".split())
KOREAN_SURNAMES = frozenset(
    "ahn an bae baek ban bang byun cha chae cho choe choi chon chong chu chun eom goh gong gu ha hahn han hong huh hwang"
    " hyon hyun im jang je jeon jeong ji jin jo jon jong joo ju jun jung kang ki kil kim ko koo kwak kwon lee lim ma"
    " maeng min moon mun na nam no noh o oh om pae pak paek park ri rim ro roh ryang ryoo ryu seo sin so sohn son song"
    " suh sul sung thae u wi won woo yang yi yim yoo yoon yu yun".split())
SUFFIX = re.compile(r"(?i)(,? (jr|sr)\.?|,? (ii|iii|iv|v|vi|vii))\Z")
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
        if first in surnames and not (len(words) == 2 and last in surnames and "-" not in words[-1] and
                                      country in ("HKG", "SGP")):
            return (words[0],)
        for word in words[1:]:
            if fold(word) in surnames:
                return (word,)
        return ()
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
    if country in SPANISH and len(tail) == 2 and tail[0][:1].isupper():
        forms.append(tail[0])
    elif len(tail) < len(words[start:]) and len(tail) == 1 and len(tail[0]) > 3:
        forms.append(tail[0])
    hyphen = re.match(r"(?i)(al|el|as|ad|an|ar|at|az|ash)[-'’](\w[\w'’-]{2,})\Z", forms[0])
    if hyphen:
        forms.append(hyphen[2][0].upper() + hyphen[2][1:])
    return tuple(dict.fromkeys(forms))
