"""A paper as a teacher would set it: eight open and twelve choice questions with all that a text can hold."""

from __future__ import annotations

from packc.ast.pack import Pack, PackMeta, Section
from packc.ast.question import Choice, ChoiceQuestion, OpenQuestion, Question, Role
from packc.ast.richtext import (
    Align,
    Block,
    Cell,
    Code,
    CodeBlock,
    Emph,
    Image,
    Inline,
    Link,
    Math,
    MathBlock,
    Row,
    Strong,
    Table,
    Text,
)
from packc.backends.base import EmitContext
from packc.media import Media
from tests.support.packs import RELEASED, bullets, note, para

CURVES = b"""<svg xmlns="http://www.w3.org/2000/svg" width="420" height="220" viewBox="0 0 420 220">
<g fill="none" stroke="black" stroke-width="1.5"><path d="M40 10V190H410"/>
<path d="M50 40C110 120 180 160 400 172"/>
<path stroke-dasharray="6 4" d="M50 50C110 120 170 150 230 120S360 90 400 60"/></g>
<g font-family="sans-serif" font-size="13"><text x="190" y="212">epoch</text><text x="4" y="20">loss</text>
<text x="330" y="160">training</text><text x="320" y="60">validation</text></g></svg>"""

TRAINING_LOOP = """for epoch in range(25):
    for x, y in loader:
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
    print(f"epoch {epoch}: {loss.item():.3f}")"""


def table(head: tuple[str, ...], *rows: tuple[str, ...]) -> Table:
    def row(texts: tuple[str, ...]) -> Row:
        return Row(tuple(Cell((Text(text),)) for text in texts))

    aligns = (Align.LEFT, *(Align.RIGHT for _ in head[1:]))
    return Table(header=row(head), rows=tuple(row(texts) for texts in rows), aligns=aligns)


def essay(number: int, title: str, prompt: tuple[Block, ...], answer: str, target: str = "") -> Question:
    notes = [
        note(Role.MISCONCEPTION, "Common wrong answer", para("The data must be broken.")),
        note(Role.WHY, "Why it matters", para("Most failures of training are failures of the step size.")),
        note(Role.SOURCE, "Source family", para("Public course notes on optimisation, lecture 7")),
    ]
    if target:
        notes.append(note(Role.COLD_TARGET, "Cold target", para(target)))
    solution = (bullets(answer, "Change one thing, then look at the curve again."),)
    return OpenQuestion(
        id=f"QD{number:02}", title=(Text(title),), prompt=prompt, solution=solution, notes=tuple(notes)
    )


def quiz(
    number: int, prompt: tuple[Block, ...], *texts: str | Inline | Block, right: tuple[int, ...]
) -> Question:
    choices = tuple(
        Choice(
            blocks=(text if isinstance(text, CodeBlock | Table) else para(text),),  # type: ignore[arg-type]
            correct=index in right,
            feedback=(para("Right: that is the step." if index in right else "This treats a symptom."),),
        )
        for index, text in enumerate(texts)
    )
    return ChoiceQuestion(
        id=f"QC{number:02}",
        title=(Text(f"What choice {number} is about"),),
        prompt=prompt,
        choices=choices,
        solution=(para("Read the curve first, then act on what it shows."),),
        notes=(note(Role.WHY, "Why it matters", para("It happens every week.")),),
    )


OPEN: tuple[Question, ...] = (
    essay(
        1,
        "Learning rate too high",
        (
            para(
                "During training the loss jumps up and down and becomes ",
                Code("nan"),
                " after a few updates. What is the ",
                Strong((Text("first"),)),
                " diagnosis, and what would you change?",
            ),
        ),
        "The learning rate is probably too high.",
        "the quantity to change, its direction, and the sign that the change was right",
    ),
    essay(
        2,
        "The gap",
        (
            para("The figure shows two curves from one run. Which checkpoint would you keep, and why?"),
            para(
                Image("curves.svg", "Training loss falls throughout; validation loss rises after a minimum.")
            ),
        ),
        "The one with the lowest validation loss.",
    ),
    essay(
        3,
        "Missing zero_grad",
        (
            para("This loop trains badly. Name the line that is missing and say what happens without it."),
            CodeBlock(TRAINING_LOOP, "python"),
        ),
        "optimizer.zero_grad(): gradients add up over the batches.",
        "the missing call and what the gradients do without it",
    ),
    essay(
        4,
        "Momentum",
        (
            para("Plain descent with momentum ", Math(r"\beta"), " updates the weights by"),
            MathBlock(r"v_{t+1} = \beta v_t + \nabla L(w_t), \qquad w_{t+1} = w_t - \eta\, v_{t+1}."),
            para("What does ", Math(r"v"), " tend to when the gradient stays constant?"),
        ),
        "To the gradient divided by one minus beta.",
    ),
    essay(
        5,
        "Frozen head",
        (para("You have 2,000 images and a good backbone. What do you train first?"),),
        "The head.",
    ),
    essay(
        6,
        "Two runs",
        (
            para("Two runs ended like this. Which would you deploy? Give one reason."),
            table(
                ("run", "training loss", "validation loss", "hours"),
                ("A", "0.08", "0.61", "9.5"),
                ("B", "0.21", "0.44", "3.0"),
                ("C", "0.20", "0.45", "12.0"),
            ),
        ),
        "Run B.",
    ),
    essay(
        7,
        "Small batches",
        (para("Why is batch normalisation risky with batches of two?"),),
        "Noisy statistics.",
    ),
    essay(
        8,
        "Augmentation",
        (
            para(
                "Augmentation raised the accuracy in training but hurt one slice of users. "
                "Where do you look? See the ",
                Link((Text("lecture notes"),), "https://example.org/notes/augmentation"),
                ".",
            ),
        ),
        "At the slice.",
    ),
)

CHOICE: tuple[Question, ...] = (
    quiz(
        1,
        (para("The loss is ", Code("nan"), " after three updates. What do you try first?"),),
        "Reduce the learning rate",
        "Clean the data",
        "Add layers",
        "Train longer",
        right=(0,),
    ),
    quiz(
        2,
        (para("Which of these act against overfitting?"),),
        "Weight decay",
        "Early stopping",
        "A larger network",
        "More data",
        right=(0, 1, 3),
    ),
    quiz(
        3,
        (
            para(
                "What is the derivative of ",
                Math(r"\tfrac12\lVert w\rVert^2"),
                " with respect to ",
                Math("w"),
                "?",
            ),
        ),
        Math("w"),
        Math("2w"),
        Math(r"\lVert w\rVert"),
        Math(r"\frac{w}{\lVert w\rVert}"),
        right=(0,),
    ),
    quiz(
        4,
        (para("Which call belongs at the start of each step?"),),
        CodeBlock("optimizer.zero_grad()", "python"),
        CodeBlock("model.eval()", "python"),
        CodeBlock("with torch.no_grad():\n    model(x)", "python"),
        right=(0,),
    ),
    quiz(
        5,
        (para("By the softmax ", Math(r"p_i = e^{z_i} / \sum_j e^{z_j}"), ", what do equal scores give?"),),
        Math("1/n"),
        Math("0"),
        Math("1"),
        right=(0,),
    ),
    quiz(
        6,
        (para("A backbone is frozen. Whose weights change?"),),
        "Those of the head",
        "Those of the backbone",
        "All",
        "None",
        right=(0,),
    ),
    quiz(
        7,
        (
            para("Read the table. Which row is overfitted?"),
            table(("row", "train", "valid"), ("1", "0.1", "0.9"), ("2", "0.5", "0.5")),
        ),
        "Row 1",
        "Row 2",
        right=(0,),
    ),
    quiz(
        8,
        (para("What does a learning rate that is far too low look like?"),),
        "The loss falls, but slowly, and is still falling when the time is over, so that nobody can "
        "tell from the last value alone whether the model could have become better with a longer run",
        "The loss explodes",
        "The loss is zero",
        right=(0,),
    ),
    quiz(9, (para("Dropout is active …"),), "in training", "in evaluation", right=(0,)),
    quiz(
        10,
        (para("Which are losses for classes?"),),
        "Cross-entropy",
        "Hinge",
        "Mean absolute error",
        right=(0, 1),
    ),
    quiz(
        11, (para("A seed is fixed so that …"),), "a run can be repeated", "the model is better", right=(0,)
    ),
    quiz(
        12,
        (para("Which statement about ", Emph((Text("validation data"),)), " is true?"),),
        "They choose the checkpoint",
        "They are part of the training data",
        "They are used once, at the very end",
        right=(0,),
    ),
)

CLOSING = Section(
    title=(Text("What to do after this pack"),),
    blocks=(bullets("Read your training logs of last week.", "Explain one curve to a colleague."),),
)


def realistic_pack() -> Pack:
    """Return the paper: an introduction, a chapter of each kind, a closing text."""
    return Pack(
        id="deep-learning",
        title="Deep Learning and Checkpoints",
        meta=PackMeta(
            collection="Academy / Deep Learning",
            license="CC BY 4.0",
            version="1.2",
            authors=("Ada Example", "Ben Sample"),
            tags=("training", "checkpoints"),
            source_url="https://example.org/packs/deep-learning/",
            description="Training dynamics, overfitting and the choice of checkpoints.",
        ),
        intro=(
            para(
                "This paper is about the dynamics of training, signs of overfitting, and the discipline "
                "of keeping the right checkpoint. Answer in whole sentences; a short reason is worth more "
                "than a long list."
            ),
        ),
        parts=(
            Section(
                title=(Text("In your own words"),), blocks=(para("About five minutes each."),), parts=OPEN
            ),
            Section(title=(Text("Choices"),), parts=CHOICE),
            CLOSING,
        ),
    )


def realistic_context() -> EmitContext:
    identifiers = [question.id for question in (*OPEN, *CHOICE)]
    media = {"curves.svg": Media(CURVES, "image/svg+xml", 420, 220)}
    return EmitContext(published=dict.fromkeys(identifiers, RELEASED), media=media)
