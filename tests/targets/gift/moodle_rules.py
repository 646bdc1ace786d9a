"""What stops, kills or silently changes a GIFT import, written from measurements on a real Moodle 4.5.

Nothing here knows how packc writes GIFT: `faults` takes any text and names what Moodle would trip over.
It is stricter than Moodle in one way: every text must carry its format, and every question its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

# The positive half of Moodle's fixed list, in per cent; a weight may be 0.001 off.
GRADES = (
    *(100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20),
    *(16.66667, 14.28571, 12.5, 11.11111, 10, 5, 0),
)

_ESCAPED = re.compile(r"\\[\\:#={}~n]")
_PLACEHOLDER = re.compile(r"&&(?:058|035|061|123|125|126|010|092)")
_ID = re.compile(r"\[id:((?:\\\]|[^\]\x00-\x1f\x7f])+)\]")
_TAG = re.compile(r"\[tag:((?:\\\]|[^\]<>`\x00-\x1f\x7f])+)\]")
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d+)?)%")


class Comment(NamedTuple):
    """What the comment above a question says."""

    id: str
    tags: tuple[str, ...]


def comment(line: str) -> Comment:
    """Return the id number and the tags that Moodle takes from a comment line."""
    found = _ID.search(line)
    identifier = found.group(1).strip().replace(r"\]", "]") if found else ""
    return Comment(identifier, tuple(tag.strip().replace(r"\]", "]") for tag in _TAG.findall(line)))


def category_names(line: str) -> tuple[str, ...]:
    """Return the categories that a `$CATEGORY:` line leads to, below the top of the chosen context.

    A lone slash separates; in a longer run two stand for one. "top" is the root only before two names.
    """
    path = line.removeprefix("$CATEGORY:").strip().replace("\\\\", "\\")
    parts = [""]
    for is_slash, run in groupby(path, lambda c: c == "/"):
        text = "".join(run)
        if is_slash and len(text) == 1:
            parts.append("")
        else:
            parts[-1] += "/" * (len(text) // 2) if is_slash else text
    names = [part.strip() for part in parts]
    return tuple(names[1:] if names[0] == "top" and len(names) > 2 else names)


def faults(text: str) -> list[str]:
    """Return every fault that Moodle's import would trip over, each with the paragraph it stands in."""
    found = []
    given: set[str] = set()
    if "\r" in text or "\0" in text or text.startswith("\ufeff"):
        found.append("carriage return, NUL or byte order mark")
    for paragraph in _paragraphs(text):
        found += [f"{fault}: {paragraph!r}" for fault in _paragraph_faults(paragraph, given)]
    return found


def _paragraphs(text: str) -> Iterator[list[str]]:
    """Cut as Moodle does: a line that is blank after trimming, or just `0`, ends a question."""
    current: list[str] = []
    for line in [*text.split("\n"), ""]:
        trimmed = line.strip(" \t\n\r\0\x0b")
        if trimmed in ("", "0"):
            if trimmed == "0":
                yield ["0"]
            if current:
                yield current
            current = []
        else:
            current.append(trimmed)


def _paragraph_faults(lines: list[str], given: set[str]) -> Iterator[str]:
    if lines == ["0"]:
        yield "a line that is just 0 cuts a question in two"
        return
    comments = [line for line in lines if line.startswith("//")]
    body = [line for line in lines if not line.startswith("//")]
    if comments and body and (len(comments) > 1 or not lines[0].startswith("//")):
        yield "a line inside a question starts with // and is lost"
    if not body:
        return
    if body[0].startswith("$CATEGORY:"):
        yield from _category_faults(lines)
        return
    yield from _comment_faults(comments[0] if comments else "", given)
    yield from _question_faults("\n".join(body))


def _category_faults(lines: list[str]) -> Iterator[str]:
    if len(lines) > 1:
        yield "a category glued to other lines"
    names = category_names(lines[0])
    for name in names:
        if not name:
            yield "a category without a name"
        if len(name) > 255:
            yield "a category of more than 255 characters kills the import"
        if re.search(r"<(?!\s)", name):
            yield "tags are stripped from a category's name"
    if names[0] == "top" or re.fullmatch(r"\$[a-z]+\$", names[0]):
        yield "a first category that means something else"
    if re.search(r"\\[:#={}~n]", lines[0].replace("\\\\", "")) or _PLACEHOLDER.search(lines[0]):
        yield "an escape in a category is stored as a placeholder"


def _comment_faults(line: str, given: set[str]) -> Iterator[str]:
    said = comment(line)
    if ("[id:" in line) != bool(said.id):
        yield "an id that Moodle does not read"
    if len(said.id) > 100:
        yield "an id of more than 100 characters kills the import"
    if said.id and said.id.casefold() in given:
        yield "an id given twice"
    given.add(said.id.casefold())
    if len(said.tags) != line.count("[tag:"):
        yield "a tag that Moodle ignores"
    if any(len(tag) > 255 for tag in said.tags):
        yield "a tag of more than 255 characters is cut"


def _question_faults(text: str) -> Iterator[str]:
    if _PLACEHOLDER.search(text):
        yield "a run that Moodle takes for a placeholder"
    live = _ESCAPED.sub("xx", text)  # what is left of the seven characters is live
    if "\\" in live:
        yield "a lone backslash, which survives only by luck"
    named = re.match(r"::([^\n]*?)::", live)
    if named is None or not named.group(1).strip():
        yield "no name"
        return
    rest = live[named.end() :]
    front, brace, block = rest.partition("{")
    if not front.startswith("[html]"):
        yield "a question text without its format"
    if not front.removeprefix("[html]").strip():
        yield "a question that asks nothing"
    if re.search(r"[:#=~}]", front) or "\n" in front.strip():
        yield "a live character or line break in the question text"
    if not brace:
        return
    if block.count("}") != 1 or "{" in block or not block.endswith("}"):
        yield "braces are not balanced, or text follows them"
        return
    yield from _answer_faults(block[:-1].strip())


def _answer_faults(block: str) -> Iterator[str]:
    answers, general, feedback = block.partition("####")
    answers = answers.strip()
    if "####" in feedback or "#" in feedback or re.search("[:=~]", feedback):
        yield "a live character in the general feedback"
    if general and not feedback.startswith("[html]"):
        yield "a general feedback without its format"
    lines = [line.strip() for line in answers.split("\n")]
    # In this order Moodle chooses the type; an arrow anywhere, in a feedback too, makes a matching question.
    if not answers:
        if "->" in feedback:
            yield "an arrow turns an answer into a matching pair"
    elif answers.startswith("#"):
        yield from _numeric_faults(answers)
    elif "~" in answers:
        yield from _multiple_choice_faults(lines, block)
    elif "=" in answers and "->" in block:
        yield from _matching_faults(lines, feedback)
    elif re.match(r"(?:TRUE|T|FALSE|F)(?:#|$)", answers):
        if not re.fullmatch(r"[A-Z]+(?:#(?:\[html\][^#=~:]+)?)?(?:#\[html\][^#=~:]+)?", answers):
            yield "a true/false answer that Moodle reads otherwise"
    else:
        yield from _short_faults(lines)


def _multiple_choice_faults(lines: list[str], block: str) -> Iterator[str]:
    if "->" in block:
        yield "an arrow turns an answer into a matching pair"
    if len(lines) < 2:
        yield "less than two choices kill the import"
    for line in lines:
        yield from _choice_faults(line)
    yield from _key_faults(lines)


def _numeric_faults(answers: str) -> Iterator[str]:
    lines = [line.strip() for line in answers[1:].strip().split("\n")]
    if lines and re.match(r"~#\[html\][^#=~:]+$", lines[-1]):
        lines.pop()
    if not lines:
        yield "a numeric question without an answer dies"
    for line in lines:
        shape = re.fullmatch(r"=%(-?[\d.]+)%(-?\d+(?:\.\d+)?):(\d+(?:\.\d+)?)(#\[html\][^#=~:]+)?", line)
        if shape is None:
            yield "a number that becomes `anything at all`"
        else:
            yield from _grade_faults(shape.group(1))


def _matching_faults(lines: list[str], feedback: str) -> Iterator[str]:
    if "->" in feedback:
        yield "an arrow turns an answer into a matching pair"
    pairs = 0
    for line in lines:
        shape = re.fullmatch(r"=(\[html\][^#=~:]*?)? -> ([^#=~:]+)", line)
        if shape is None or not shape.group(2).strip():
            yield "a pair with a live character, or without a partner"
        else:
            pairs += shape.group(1) is not None
            if shape.group(1) is not None and not shape.group(1).removeprefix("[html]").strip():
                yield "a pair that asks nothing"
            if len(re.sub(r"xx", "x", shape.group(2))) > 255:
                yield "a partner of more than 255 characters kills the import"
    if pairs < 2:
        yield "less than two pairs kill the import"


def _short_faults(lines: list[str]) -> Iterator[str]:
    whole = False
    for line in lines:
        shape = re.fullmatch(r"=%(-?[\d.]+)%\[plain\]([^#=~:]+)(#\[html\][^#=~:]+)?", line)
        if shape is None or not shape.group(2).strip():
            yield "a short answer with a live character, without its format, or empty"
        else:
            yield from _grade_faults(shape.group(1))
            whole = whole or shape.group(1) == "100"
    if not whole:
        yield "a short answer without 100 % stops the import"


def _grade_faults(weight: str) -> Iterator[str]:
    if not any(abs(abs(float(weight)) - grade) <= 0.001 for grade in GRADES):
        yield "a weight that is not in Moodle's list"


def _choice_faults(line: str) -> Iterator[str]:
    shape = re.fullmatch(r"[=~](?:%[^%]*%)?\[html\]([^#=~:]*)(?:#\[html\]([^#=~:]+))?", line)
    if shape is None:
        yield "a choice with a live character, or without its format"
    elif not shape.group(1).strip():
        yield "an empty choice is dropped"
    weight = _WEIGHT.match(line[1:])
    if line[1:2] == "%" and (weight is None or line[0] == "="):
        yield "a weight that is read as text"
    if weight:
        yield from _grade_faults(weight.group(1))


def _key_faults(lines: list[str]) -> Iterator[str]:
    weights = [float(found.group(1)) for line in lines if (found := _WEIGHT.match(line[1:]))]
    right = sum(line.startswith("=") for line in lines)
    if right:  # a single choice; its other choices may earn or cost a part
        if right > 1:
            yield "several `=` make a single-choice question with several right answers"
        return
    if abs(sum(weight for weight in weights if weight > 0) - 100) > 0.01:
        yield "the right choices do not add up to 100 %"
    if any(weight < 0 for weight in weights) and sum(weights) > 0.01:
        yield "who ticks everything is rewarded"
    if len(weights) != len(lines):
        yield "a wrong choice that costs nothing lets `tick all` win"
