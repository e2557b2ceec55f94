"""How English words are cut: clitics come off (do n't, Morocco 's), hyphens separate but after some prefixes."""

FIRST = r"Ph\.D\."
PREFIXES = (
    "anti|bi|co|counter|e|ex|extra|hyper|inter|intra|mega|micro|mid|mini|multi|neo|non|pan|para|post|pre|pro|proto|pseudo"
    "|quasi|re|semi|sub|super|trans|ultra|un"
)
CLITIC = r"['’](?:s|m|d|re|ve|ll)(?![^\W_])"
WORD = rf"""
    (?<=\w)(?:{CLITIC}|n['’]t(?![^\W_]))
  | ['’](?:s|re|ve|ll)(?![^\W_])
  | (?:\b(?:{PREFIXES})-(?=[^\W\d_]{{3}}))?
    (?:(?!n['’]t(?![^\W_]))[^\W_])+
    (?:(?!{CLITIC}|['’]t(?![^\W_]))['’][^\W_]+|&[^\W_]+)*
"""
CUTS = {"cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3}
