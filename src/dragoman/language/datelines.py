"""Where a news text says that it was written: "BEYROUTH -", "LONDON, May 3 (Reuters) —", "(Ottawa)"."""

from __future__ import annotations

import re

DATELINE = re.compile(  # "BEYROUTH -", "DAYTON (Ohio), 22 nov -", "LONDON, May 3 (Reuters) —", "(Ottawa)"
    r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? *(?:[-–—:] *)?)?"  # "04/05/2013 Lomé –"
    r"(?!\w+\.? (?:\d{1,2},? )?\d{4} *[-–—])"  # not "March 1992 - …", a line of a chronology
    r"(?:(?:[A-ZÀ-Þ][\w’'.-]*[ ,/]*){1,4}(?:\([^()\n]{2,30}\),? *)?"
    r"(?:\d{1,2}(?:er)? [^\W\d]{3,10}\.?|[A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"(?:,? \d{4})? *(?:\([^()\n]{2,20}\))? *(?:\.-| -{1,2}|[–—])|\([A-ZÀ-Þ][\w ’'-]{2,30}\))\s+(?=[«“\"A-ZÀ-Þ\d])"
)
