"""Write the city's reports into a folder: `PYTHONPATH=tests python -m world FOLDER`.

For whoever wants a large warehouse to try things on, and for the pages of docs/ that need one.
"""

from __future__ import annotations

import sys
from pathlib import Path

from world import SEED, paper
from world.city import city

paper.write(city(SEED), Path(sys.argv[1]), SEED)
