"""What: PLOVER and CAMEO as data, and the frames that map predicates of each language to them.

Door: `load() -> Codebook`.
"""

from dragoman.codebook.codebook import CameoCode, Codebook, EventType, Mode, load
from dragoman.codebook.frames import Frame, FrameError, FrameIndex, Need

__all__ = ["CameoCode", "Codebook", "EventType", "Frame", "FrameError", "FrameIndex", "Mode", "Need", "load"]
