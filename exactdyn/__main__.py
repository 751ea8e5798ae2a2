"""``python -m exactdyn``: the command line without the installed script."""

import sys

from exactdyn.cli import main

if __name__ == "__main__":
    sys.exit(main())
