"""`python -m packc` is the command line."""

from packc.cli import console

console()
