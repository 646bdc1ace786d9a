"""The files whose mutants are tried, and the tests that watch each, in groups: the quickest first.

`#name,name` means these functions or classes of the file alone.

What survives and does no harm, so that nobody looks for its test again: a filter or a table of first
characters that lets more through than it must (`letters._FIRST`, most of `shortcuts`), a search that begins
earlier (`braces`: `rfind`), nesting that nobody asks for (`blanks`), a space that its neighbour
in the pattern takes as well (`letters._LETTER`), a weight of four digits, which is over 100 in any case
(`numbers`), and the parser's switches against entities, which no text in a `div` declares (`qti.mathml2`).
"""

from __future__ import annotations

_READER = (
    "tests/cases tests/unit/reader tests/unit/test_front_matter.py",
    "tests/content/test_broken.py tests/unit/test_ignores.py tests/unit/test_fixes.py",
    "tests/property/test_reader.py tests/property/test_questions.py",
)
_WRITER = (
    "tests/unit/writer",
    "tests/property/test_writer.py",
    "tests/unit/importers tests/unit/test_revise.py tests/unit/scaffold",
)
_ACADEMY = ("tests/unit/importers", "tests/unit/test_convert.py")

_ESCAPERS = "tests/unit/backends"
_SCORES = (
    "tests/targets/qti/test_kinds.py tests/targets/qti/test_fields.py",
    "tests/targets/qti/test_key.py tests/targets/qti/test_generated_keys.py",
    "tests/targets/qti/test_readback.py tests/unit/importers/test_qti.py",
)

WATCHED: dict[str, tuple[str, ...]] = {
    "render/escape.py": (_ESCAPERS, "tests/unit/render tests/targets/qti/test_texts.py"),
    "backends/gift/escape.py": (_ESCAPERS, "tests/targets/gift"),
    "backends/shared/moodle/names.py": (_ESCAPERS, "tests/targets/moodle/test_limits.py tests/targets/gift"),
    "backends/shared/moodle/grades.py": ("tests/targets/gift",),
    "backends/shared/moodle/answers.py": ("tests/targets/moodle/test_limits.py", "tests/targets/gift"),
    "backends/moodle/cloze.py": ("tests/targets/moodle/test_cloze.py tests/targets/moodle/test_limits.py",),
    "backends/moodle/richtext.py": (
        "tests/targets/moodle/test_cloze.py tests/targets/moodle/test_limits.py",
        "tests/targets/moodle/test_readback.py",
    ),
    "backends/anki/richtext.py#inert": (_ESCAPERS, "tests/targets/anki/test_fields.py"),
    "backends/anki/tags.py": (_ESCAPERS, "tests/targets/anki/test_fields.py"),
    "backends/qti/elements.py": (
        _ESCAPERS,
        "tests/targets/qti/test_maths.py tests/targets/qti/test_valid.py",
    ),
    "backends/qti/uri.py": (_ESCAPERS, "tests/targets/qti/test_texts.py tests/targets/qti/test_losses.py"),
    "backends/qti/identifiers.py": (_ESCAPERS, "tests/targets/qti/test_identifiers.py"),
    "backends/qti/credit.py": _SCORES,
    "backends/qti/processing.py": _SCORES,
    "backends/qti/answering.py": _SCORES,
    "backends/qti/xhtml.py": (
        f"{_ESCAPERS} tests/targets/qti/test_texts.py tests/targets/qti/test_maths.py",
        "tests/targets/qti/test_fields.py tests/targets/qti/test_kinds.py tests/targets/qti/test_losses.py",
    ),
    "handout/richtext.py": (
        "tests/targets/html/test_every_kind.py tests/targets/html/test_files.py",
        "tests/targets/html/test_words.py tests/targets/html/test_answer_key.py",
        "tests/targets/html/test_student_sheet.py",
    ),
    "writer/escape.py": _WRITER,
    "writer/marks.py": _WRITER,
    "writer/blockstarts.py": _WRITER,
    "writer/frontmatter.py": _WRITER,
    "reader/headings.py": ("tests/unit/reader/test_headings.py", *_READER),
    "reader/labels.py": ("tests/unit/reader/test_labels.py", *_READER, "tests/property/test_project.py"),
    "reader/fields.py": _READER,
    "reader/outline.py": _READER,
    "reader/blanks.py": ("tests/unit/reader/test_blanks.py", *_READER),
    "reader/braces.py": ("tests/unit/reader/test_braces.py", *_READER),
    "reader/pairs.py": ("tests/unit/reader/test_keys.py", *_READER),
    "reader/answers.py": ("tests/unit/reader/test_keys.py", *_READER),
    "reader/choices.py": ("tests/unit/reader/test_keys.py", *_READER),
    "reader/letters.py": ("tests/unit/reader/test_letters.py", *_READER),
    "reader/numbers.py": ("tests/unit/reader/test_numbers.py", *_READER),
    "reader/meta.py": ("tests/unit/reader/test_meta.py", *_READER),
    "reader/tex.py": ("tests/unit/reader/test_tex.py", *_READER),
    "reader/shortcuts.py": (*_READER, "tests/property/test_shortcuts.py"),
    "reader/plaininlines.py": (
        "tests/unit/reader/test_shortcuts.py tests/property/test_shortcuts.py",
        *_READER,
    ),
    "limits.py": (
        "tests/unit/test_limits.py tests/unit/test_bad_input.py",
        "tests/unit/project tests/content/test_broken.py",
    ),
    "identity/guid.py": ("tests/unit/identity",),
    "importers/academy/lines.py": _ACADEMY,
    "importers/academy/blocks.py": _ACADEMY,
    "importers/gift/paragraphs.py": ("tests/unit/importers/test_cases.py tests/unit/importers/test_gift.py",),
    "importers/gift/question.py": ("tests/unit/importers/test_cases.py tests/unit/importers/test_gift.py",),
    "intake/package.py": ("tests/unit/importers/test_package.py", "tests/unit/importers/test_qti.py"),
    "intake/xml.py": ("tests/unit/importers/test_moodle.py", "tests/unit/importers/test_qti.py"),
}
