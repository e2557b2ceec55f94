"""An optional second reader: a language model behind any OpenAI-compatible address reads a page as the coder did.

It is off unless asked for by address and model. What it says counts only where it quotes the page word for word: every
answer is bound to the characters it quotes, or dropped. Nothing it says enters a record; it is shown beside the coder's
events, with how far the two agree. Needs the extra `dragoman[reader]`.

Door: `read_again(reading, reader) -> SecondReading`.
"""

from dragoman.second_reader.comparing import Agreement, SecondReading, read_again
from dragoman.second_reader.model import Reader, ReaderError

__all__ = ["Agreement", "Reader", "ReaderError", "SecondReading", "read_again"]
