"""A glance never says no where the slow search would find something."""

from __future__ import annotations

import re
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.glance import first_words, words_of

PHRASES = ("the two sides", "il", "s'il", "l’Élysée", "both", "الطرفان", "no. 10", "Élysée")
TEXT = st.lists(st.sampled_from([*PHRASES, "pill", "both-sided", "é", "\u0301", " ", ", ", "-", "’", "x"])).map("".join)


@given(TEXT, st.sampled_from(PHRASES))
def test_a_phrase_that_stands_in_a_text_is_not_missed(text: str, phrase: str) -> None:
    if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text):
        assert first_words([phrase]) & words_of(text)


def test_phrases_without_a_word_have_no_first_word() -> None:
    assert first_words(["–", "", "King Charles"]) == {"king"}


def test_spacy_is_imported_without_its_command_line_which_is_there_when_asked_for() -> None:
    asked = (
        "import sys; from dragoman.language.spacy_alone import import_spacy; spacy = import_spacy();"
        "assert not [m for m in sys.modules if m.startswith(('spacy.cli', 'weasel'))];"
        "assert spacy.info(silent=True)['spacy_version'] == spacy.__version__;"
        "import spacy.cli; assert spacy.cli.download"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
