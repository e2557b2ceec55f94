"""The folder of these tests holds functions that worker processes import too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
