"""Lets `python -m playground` start the program."""

import sys

from playground.app.main import main

if __name__ == "__main__":
    sys.exit(main())
