"""How Spanish words are cut: at white space and signs; del, al and verbs with their clitics stay whole."""

FIRST = r"""
    \d{1,3}(?:[\ \u00a0\u202f]\d{3})+(?![^\W_]) | \d++(?:-\d++)+(?![^\W_])
  | n\.?[º°] | EE\.\ ?UU\. | FF\.\ ?AA\. | JJ\.\ ?OO\.
"""
WORD = r"[^\W_]+(?:['’][^\W_]+)*"
CUTS: dict[str, int] = {}
