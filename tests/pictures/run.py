"""Takes the pictures of the guide from the built page: started by `python3 build.py pictures`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "py"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pictures.studio import take_pictures

if __name__ == "__main__":
    sys.exit(take_pictures(sys.argv[1:]))
