"""What can be said to a target that makes handouts: the options that HTML and PDF share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packc.backends.options import Option, Options

if TYPE_CHECKING:
    from packc.handout.editions import Choices

VARIANT = Option(
    "variant",
    ("student", "key"),
    "the files to make: for learners, for markers, for teachers",
    choices=("student", "key", "teacher"),
)
PAPERS = ("any", "a4", "letter")
LARGE_PRINT = Option("large-print", False, "make a student sheet in large print as well")
EASY_READ = Option("easy-read", False, "make a student sheet that is easier to read as well")
VERSIONS = Option(
    "versions",
    (),
    "up to three capital letters or digits for each shuffled version: `A,B`",
    pattern="[A-Z0-9]{1,3}",
)
SEED = Option("seed", 0, "a number: another one shuffles the versions otherwise")
CARDS = Option("cards", False, "make a sheet of flashcards as well")
SHARED = (VARIANT, LARGE_PRINT, EASY_READ, VERSIONS, SEED, CARDS)


def choices_of(options: Options, paper: str) -> Choices:
    """Return what the options ask for, on this paper."""
    from packc.handout.editions import Audience, Choices  # the options alone are to be quick to load

    return Choices(
        audiences=tuple(map(Audience, dict.fromkeys(options.get(VARIANT)))),
        paper="" if paper == "any" else paper,
        large=options.get(LARGE_PRINT),
        easy=options.get(EASY_READ),
        cards=options.get(CARDS),
        versions=tuple(dict.fromkeys(options.get(VERSIONS))),
        seed=options.get(SEED),
    )
