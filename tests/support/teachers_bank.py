"""A bank as a teacher has it: more than two hundred questions on twelve subjects, as GIFT.

It is written from facts in the way that Moodle writes its exports, and by nothing of packc.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple


class Subject(NamedTuple):
    """What there is to ask about one subject."""

    name: str
    statement: str
    wrong_statement: str
    best: str  # the question of a choice
    right: str
    wrong: tuple[str, str, str]
    some: str  # the question of a multiple choice
    these: tuple[str, str]
    not_these: tuple[str, str]
    word: str  # the question of a short answer
    accepted: tuple[str, str]
    amount: str  # the question of a number
    number: str
    pairs: tuple[tuple[str, str], tuple[str, str], tuple[str, str]]
    groups: tuple[tuple[str, str], tuple[str, str], tuple[str, str]]
    steps: tuple[str, str, str]
    why: str
    because: str


SUBJECTS = (
    Subject(
        "Bread",
        "Dough rises because yeast gives off gas.",
        "Salt makes dough rise.",
        "What holds the bubbles in a dough?",
        "gluten",
        ("starch", "sugar", "bran"),
        "Which of these does a plain loaf need?",
        ("flour", "water"),
        ("eggs", "milk"),
        "What do you call working a dough by hand?",
        ("kneading", "working"),
        "At how many degrees does a loaf go into the oven?",
        "230",
        (("rye", "dark and dense"), ("wheat", "light and open"), ("maize", "yellow and crumbly")),
        (("rye", "grain"), ("wheat", "grain"), ("yeast", "fungus")),
        ("mix", "prove", "bake"),
        "Why does a loaf get a crust?",
        "Its outside dries and browns long before its inside is done.",
    ),
    Subject(
        "Rivers",
        "A river drops its sand where it slows down.",
        "A river is fastest at its banks.",
        "Where does a bend cut into its bank?",
        "on the outside",
        ("on the inside", "on both sides", "nowhere"),
        "What belongs to the mouth of a river?",
        ("a delta", "an estuary"),
        ("a spring", "a watershed"),
        "What is the land called that feeds one river?",
        ("basin", "catchment"),
        "How many metres does a canal lock lift a boat here?",
        "3.5",
        (("spring", "where it begins"), ("mouth", "where it ends"), ("ford", "where one crosses")),
        (("brook", "natural"), ("stream", "natural"), ("canal", "dug")),
        ("spring", "rapids", "delta"),
        "Why are flood plains fertile?",
        "Every flood leaves a layer of silt behind.",
    ),
    Subject(
        "Bicycles",
        "A high gear needs more force and fewer turns.",
        "A wide tyre needs more pressure than a narrow one.",
        "What does a derailleur move?",
        "the chain",
        ("the brake", "the saddle", "the bell"),
        "What has to work by law?",
        ("the brakes", "the lamp"),
        ("the rack", "the basket"),
        "What is the rod called that the pedal sits on?",
        ("crank", "crank arm"),
        "How many teeth does this chain ring have?",
        "46",
        (
            ("rim brake", "blocks of rubber"),
            ("disc brake", "a steel rotor"),
            ("coaster brake", "the hub"),
        ),
        (("pedal", "drive"), ("chain", "drive"), ("caliper", "brake")),
        ("lever", "cable", "brake pad"),
        "Why is a wet rim dangerous?",
        "Water lies between block and rim, so the first turns hardly brake.",
    ),
    Subject(
        "Weather",
        "Warm air can hold more water than cold air.",
        "Wind blows from low to high pressure.",
        "Which cloud brings a thunderstorm?",
        "cumulonimbus",
        ("cirrus", "stratus", "fog"),
        "What does a weather station measure?",
        ("pressure", "humidity"),
        ("gravity", "taste"),
        "What is frozen rain in balls called?",
        ("hail", "hailstones"),
        "How many hectopascals is the usual pressure at sea level?",
        "1013.25",
        (("barometer", "pressure"), ("hygrometer", "humidity"), ("anemometer", "wind")),
        (("snow", "solid"), ("hail", "solid"), ("rain", "liquid")),
        ("evaporation", "cloud", "rain"),
        "Why is the wind steadier at sea?",
        "Nothing stands in its way, and the water warms and cools slowly.",
    ),
    Subject(
        "Libraries",
        "A call number says where a book stands.",
        "A periodical appears only once.",
        "What does a catalogue list?",
        "all holdings",
        ("all readers", "all authors alive", "only new books"),
        "What may be lent out?",
        ("novels", "atlases"),
        ("the catalogue", "the reading desk"),
        "What is a list of sources called?",
        ("bibliography", "reference list"),
        "How many days is a loan?",
        "28",
        (("author", "who wrote it"), ("publisher", "who printed it"), ("reader", "who borrows it")),
        (("novel", "fiction"), ("tale", "fiction"), ("atlas", "facts")),
        ("find", "borrow", "return"),
        "Why do libraries bind journals?",
        "Loose issues get lost, and a volume stands by itself.",
    ),
    Subject(
        "Bees",
        "A worker tells the way to flowers by dancing.",
        "A drone has a sting.",
        "What does a bee make wax from?",
        "its own glands",
        ("pollen", "nectar", "resin"),
        "What do bees carry home?",
        ("pollen", "nectar"),
        ("wax", "honey"),
        "What is a home of bees called?",
        ("hive", "beehive"),
        "How many sides has a cell?",
        "6",
        (("queen", "lays eggs"), ("worker", "gathers food"), ("drone", "mates")),
        (("queen", "female"), ("worker", "female"), ("drone", "male")),
        ("egg", "larva", "pupa"),
        "Why do bees swarm?",
        "A strong colony divides, and the old queen leaves with half of it.",
    ),
    Subject(
        "Maps",
        "North is not up on every map.",
        "A large scale shows a larger area.",
        "What does a contour line join?",
        "points of one height",
        ("points of one age", "roads", "borders"),
        "What does a legend explain?",
        ("signs", "colours"),
        ("the way", "the time"),
        "What is a book of maps called?",
        ("atlas", "book of maps"),
        "On a map of 1 to 50000, how many metres is one centimetre?",
        "500",
        (("scale", "how much smaller"), ("legend", "what signs mean"), ("grid", "where things are")),
        (("road", "line"), ("border", "line"), ("summit", "point")),
        ("survey", "draw", "print"),
        "Why can no flat map be right everywhere?",
        "A curved surface cannot be spread out without stretching it.",
    ),
    Subject(
        "Music",
        "An octave doubles the frequency.",
        "A longer string sounds higher.",
        "What does a sharp do to a note?",
        "it raises it by a semitone",
        ("it lowers it", "it makes it longer", "it makes it louder"),
        "Which of these are blown?",
        ("flute", "horn"),
        ("harp", "drum"),
        "What is the speed of a piece called?",
        ("tempo", "speed"),
        "How many strings has a violin?",
        "4",
        (("piano", "soft"), ("forte", "loud"), ("presto", "very fast")),
        (("flute", "wind"), ("oboe", "wind"), ("cello", "strings")),
        ("semibreve", "minim", "crotchet"),
        "Why do orchestras tune to one note?",
        "So that all agree on the pitch, whatever the hall does to it.",
    ),
    Subject(
        "Sorting",
        "Merge sort never compares more than n log n times, about.",
        "Bubble sort is fast on long lists.",
        "What does a stable sort keep?",
        "the order of equal keys",
        ("the length of keys", "all indices", "the first entry"),
        "Which of these work in place?",
        ("insertion sort", "heap sort"),
        ("merge sort on lists", "counting sort"),
        "What is the entry called that quicksort divides at?",
        ("pivot", "pivot element"),
        "How many comparisons do four entries need at most?",
        "5",
        (("merge", "divide, then join"), ("insertion", "one by one"), ("counting", "no comparison")),
        (("heap sort", "compares"), ("quicksort", "compares"), ("radix sort", "does not")),
        ("divide", "sort", "merge"),
        "Why is a sorted list quick to search?",
        "Each look halves what is left.",
    ),
    Subject(
        "Light",
        "Red light is bent less than blue light.",
        "Light is slower in air than in glass.",
        "What colour has the shortest waves that we see?",
        "violet",
        ("red", "green", "yellow"),
        "What bends light?",
        ("a lens", "a prism"),
        ("a flat mirror", "a vacuum"),
        "What is the bending of light called?",
        ("refraction", "bending"),
        "How many minutes does sunlight take to reach us?",
        "8.3",
        (("mirror", "throws back"), ("lens", "bends"), ("filter", "takes out")),
        (("lamp", "source"), ("star", "source"), ("moon", "reflector")),
        ("red", "green", "blue"),
        "Why is the sky blue?",
        "Short waves are scattered more than long ones.",
    ),
    Subject(
        "Gardens",
        "Beans give nitrogen to the soil.",
        "Moss grows best in full sun.",
        "What is compost made of?",
        "rotten plants",
        ("sand", "clay", "lime"),
        "What keeps slugs away?",
        ("copper", "dry sand"),
        ("shade", "wet boards"),
        "What is cutting a shrub back called?",
        ("pruning", "cutting back"),
        "How many weeks do radishes take?",
        "4",
        (("hoe", "weeds"), ("spade", "digging"), ("shears", "hedges")),
        (("carrot", "root"), ("beet", "root"), ("kale", "leaf")),
        ("sow", "thin out", "harvest"),
        "Why does one rotate crops?",
        "Each takes something else from the soil, and pests do not settle.",
    ),
    Subject(
        "Money",
        "Inflation makes debts easier to pay back.",
        "A budget lists only what comes in.",
        "What does a bank pay for savings?",
        "interest",
        ("rent", "duty", "wages"),
        "What are fixed costs?",
        ("rent", "insurance"),
        ("fuel", "paper"),
        "What is money owed called?",
        ("debt", "liability"),
        "What are 4 % of 250?",
        "10",
        (("asset", "what one has"), ("debt", "what one owes"), ("income", "what comes in")),
        (("rent", "cost"), ("fuel", "cost"), ("wages", "income")),
        ("earn", "save", "spend"),
        "Why does compound interest grow so fast?",
        "Interest earns interest in every later year.",
    ),
)

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB8d8ZOwAAAABJRU5ErkJggg=="
RICH = (
    "<p>Look at <strong>this</strong> and <em>that</em>: \\(a_{1} = \\frac{1}{2}\\).</p>",
    "<ul><li>one</li><li>two<ul><li>deeper</li></ul></li></ul>",
    "<ol><li>first</li><li>second</li></ol>",
    "<table><thead><tr><th>what</th><th>how much</th></tr></thead>"
    "<tbody><tr><td>salt</td><td>2 g</td></tr></tbody></table>",
    '<pre><code class="language-python">for x in {1, 2}:\n    print(x)  # = ~\n</code></pre>',
    "<p>A line<br/>and <code>a = b</code>, H<sub>2</sub>O, x<sup>2</sup>, <del>no</del></p>",
    "<blockquote><p>So it is said.</p></blockquote>",
    '<p><a href="https://example.org/a?b=1&amp;c=2">a page</a> &amp; 1 &lt; 2 -&gt; so</p>',
    "<p>\\[\\sum_{i=1}^{n} i\\]</p>",
    "<dl><dt>a term</dt><dd>what it means</dd></dl>",
    f'<p><img src="data:image/png;base64,{DOT}" alt="a dot"/></p>',
    "<p>Zeichen: ä ö ü ß, 日本, עברית, 🙂, a\u00a0b</p>",
)


def gift(text: str) -> str:
    """Return a text escaped as Moodle's export escapes it."""
    return re.sub(r"([\\#={}~:])", r"\\\1", text).replace("\n", "\\n")


def gift_bank() -> str:
    """Return the bank as a GIFT file."""
    paragraphs = ["// question bank, exported"]
    for number, subject in enumerate(SUBJECTS):
        paragraphs.append(f"$CATEGORY: $course$/top/Common room/{subject.name}")
        paragraphs += _gift_questions(number, subject)
    return "\n\n\n".join(paragraphs) + "\n"


def _gift_questions(number: int, subject: Subject) -> Iterator[str]:
    name, rich = subject.name, RICH[number]
    what = gift(f"<p>{escape(subject.best, quote=False)}</p>")
    wrong = [gift(one) for one in subject.wrong]
    yield f"::About {name}::[html]{gift(f'<p>{name}: read this first.</p>{rich}')}"
    yield (
        f"// [id:{name.lower()}-1] [tag:{name}] [tag:first term]\n::{name} 1 best::[html]{what}{{\n"
        f"\t={gift(subject.right)}#Yes.\n\t~{wrong[0]}#No\\: think again.\n\t~{wrong[1]}\n\t~{wrong[2]}\n"
        f"\t####[html]{gift(f'<p>{subject.because}</p>')}\n}}"
    )
    yield f"::{name} 2 part::{gift(subject.best)} {{={gift(subject.right)} ~%50%{wrong[0]} ~%-25%{wrong[1]}}}"
    these, others = [gift(one) for one in subject.these], [gift(one) for one in subject.not_these]
    yield (
        f"::{name} 3 some::{gift(subject.some)} {{\n~%50%{these[0]}#Right.\n~%50%{these[1]}\n"
        f"~%-50%{others[0]}\n~%-50%{others[1]}#Not this.\n}}"
    )
    some, why = gift(subject.some), gift(subject.why)
    yield f"::{name} 4 free::{some} {{~%33.33333%{these[0]} ~%66.66667%{these[1]} ~{others[0]}}}"
    yield f"::{name} 5 one box::{some} {{~%100%{these[0]} ~%-100%{others[0]} ~%-100%{others[1]}}}"
    yield f"::{name} 6 true::{gift(subject.statement)}{{TRUE#Read again.#Yes####{gift(subject.because)}}}"
    yield f"::{name} 7 false::[markdown]**{gift(subject.wrong_statement.rstrip('.'))}**{{F}}"
    words = [gift(one) for one in subject.accepted]
    yield f"::{name} 8 word::{gift(subject.word)}{{=%100%{words[0]}#Good. =%80%{words[1]} =%0%*#Look it up.}}"
    yield f"::{name} 9 words::{gift(subject.word)}{{={words[0]} ={words[1]}####In any dictionary.}}"
    yield f"::{name} 10 number::{gift(subject.amount)}{{#{subject.number}:0.5#Near enough.}}"
    yield (
        f"::{name} 11 numbers::{gift(subject.amount)}{{#\n\t=%100%{subject.number}:0.1#Exactly.\n"
        f"\t=%50%{subject.number}:2\n\t~#Measure again.\n}}"
    )
    yield f"::{name} 12 range::{gift(subject.amount)}{{#{number}..{number + 2000}}}"
    pairs = "\n".join(f"={gift(left)} -> {gift(right)}" for left, right in subject.pairs)
    yield f"::{name} 13 match::Match these about {name}.{{\n{pairs}\n= -> {wrong[2]}\n####Well.\n}}"
    groups = " ".join(f"={gift(left)} -> {gift(right)}" for left, right in subject.groups)
    yield f"::{name} 14 sort::[plain]What is what, in {name}?{{{groups}}}"
    yield "::{} 15 order::Put in order.{{>3 ALL VERTICAL\n{}\n}}".format(name, "\n".join(subject.steps))
    yield f"::{name} 16 essay::{why}{{}}"
    yield f"::{name} 17 model::{why}{{####{gift(subject.because)}}}"
    html = f"[html]{gift(rich)}"
    yield f"::{name} 18 rich::{html}{{={html} ~[html]<b>none</b>####{html}}}"
    yield f"{gift(subject.word.rstrip('?'))}, is it {{={words[0]} ~{words[1]}s}} or not?"
