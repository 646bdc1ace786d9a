"""`python -m packc` is the command line."""

import sys

from packc.cli import main

sys.exit(main())
