"""How French words are cut: elided words (l' accord) and inverted pronouns (a -t-il) come off; du, aux stay whole."""

FIRST = r"\d{1,3}(?:[\ \u00a0\u202f]\d{3})+(?![^\W_]) | \d++(?:-\d++)+(?![^\W_]) | n°s?"
PRONOUN = (
    r"-(?:t-(?:ils?|elles?|on)|je|tu|ils?|elles?|on|nous|vous|ce|le|la|les|lui|leur|moi|toi|y|en)"
    r"(?![^\W_]|-[^\W_]|['’])"
)
WHOLE = (
    "aujourd['’]hui|quelqu['’]une?|l['’]on|c['’]est-à-dire|rendez-vous|presqu['’]îles?|prud['’]hom[^\\W_]+|va-et-vient"
    "|main-d['’]œuvre|hors-d['’]œuvre|chefs?-d['’]œuvre|(?:celui|celle|ceux|celles)-(?:ci|là)"
)
WORD = rf"""
    \b(?:{WHOLE})\b
  | \b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=[^\W_]|\Z)
  | (?<=[^\W_]){PRONOUN}
  | [^\W_]+ (?:(?!{PRONOUN})-(?:[dl]['’])?[^\W_]+|['’][^\W_]+)*
"""
CUTS: dict[str, int] = {}
