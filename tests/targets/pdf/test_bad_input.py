"""What fits no page: all of it stands on the paper all the same."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from packc.ast.question import Choice, ChoiceQuestion, OpenQuestion, Question
from packc.ast.richtext import Align, Block, Cell, CodeBlock, Image, MathBlock, Row, Table, Text
from packc.media import Media
from tests.support import packs
from tests.support.judges import pdftotext
from tests.targets.pdf.emitted import pdfs, squeezed

pytestmark = pytest.mark.judge


def _row(text: str) -> Row:
    return Row(tuple(Cell((Text(f"{text}{column}"),)) for column in range(12)))


BLOCKS: dict[str, Block] = {
    "code of 80 columns": CodeBlock(("x" * 79 + "y\n") * 3),
    "a table of 12 columns": Table(_row("heading"), (_row("value"),) * 3, (Align.NONE,) * 12),
    "a long word": packs.para("Donau" * 60),
    "a wide formula": MathBlock(" + ".join(f"a_{{{n}}}^2" for n in range(60))),
    "a large image": packs.para(Image("figure.png", "wide")),
    "right to left": packs.para("שלום עולם " * 30),
    "a tall text": packs.para(*("word " * 2500)),
}
QUESTIONS: dict[str, Question] = {
    **{name: OpenQuestion(id="Q1", prompt=(block, packs.para("END"))) for name, block in BLOCKS.items()},
    "200 choices": ChoiceQuestion(
        id="Q1",
        prompt=(packs.para("p"),),
        choices=tuple(Choice(blocks=(packs.para(f"choice {n}"),), correct=n == 7) for n in range(200)),
    ),
}


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("name", QUESTIONS)
def test_all_of_it_stands_on_the_paper(name: str, large: bool, tmp_path: Path) -> None:
    question = QUESTIONS[name]
    context = packs.context("Q1")._replace(
        media={"figure.png": Media(packs.png(4000, 3000), "image/png", 4000, 3000)}
    )
    data = list(pdfs(packs.pack(question), context, variant=("student",), large_print=large).values())[-1]
    file = tmp_path / "a.pdf"
    file.write_bytes(data)
    said = subprocess.run([pdftotext(), "-bbox", file, "-"], capture_output=True, check=True).stdout.decode()
    words = 0
    for page in re.findall(r"<page .*?</page>", said, re.DOTALL):
        width, height = (float(size) for size in re.findall(r'(?:width|height)="([\d.]+)"', page)[:2])
        for left, top, right, bottom in re.findall(
            r'xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)"', page
        ):
            words += 1
            assert float(left) >= 0
            assert float(right) <= width, "beyond the right edge"
            assert float(top) >= 0
            assert float(bottom) <= height, "below the page"
    assert words > 5
    text = squeezed("".join(re.findall(r">([^<]*)</word>", said)))
    assert ("choice199" if name == "200 choices" else "END") in text
