"""PK4xx: images."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK401", Severity.ERROR, since="0.1")
class ImageMissing(Rule):
    """The file is not there, so every target would show a broken image.

    Fails:

        ## Q1. A curve

        What does this curve show?

        ![A loss that falls](figrue.png)

        **Solution:** A good learning rate.

    Instead:

        ## Q1. A curve

        What does this curve show?

        ![A loss that falls](figure.png)

        **Solution:** A good learning rate.
    """

    path: str
    near: str

    def message(self) -> str:
        return f"there is no image `{self.path}`"

    def help(self) -> str:
        return f"did you mean `{self.near}`?" if self.near else "paths are relative to the pack's own file"


@rule("PK402", Severity.ERROR, since="0.1")
class RemoteImage(Rule):
    """A deck or a handout works offline, and a build opens no connection.

    Fails:

        ## Q1. A curve

        What does this curve show?

        ![A loss that falls](https://example.org/figure.png)

        **Solution:** A good learning rate.

    Instead:

        ## Q1. A curve

        What does this curve show?

        ![A loss that falls](figure.png)

        **Solution:** A good learning rate.
    """

    path: str

    def message(self) -> str:
        return f"the image `{self.path}` is not a file of the project"

    def help(self) -> str:
        return "save the image beside the pack and refer to it by a relative path"


@rule("PK403", Severity.ERROR, since="0.1")
class ImageOutside(Rule):
    """Only files inside the project may go into what is handed out: a pack must not carry a machine's other files.

    Fails:

        ## Q1. A curve

        What does this curve show?

        ![A loss that falls](../../figure.png)

        **Solution:** A good learning rate.

    Instead:

        ## Q1. A curve

        What does this curve show?

        ![A loss that falls](figure.png)

        **Solution:** A good learning rate.
    """

    path: str

    def message(self) -> str:
        return f"the image `{self.path}` lies outside the project"

    def help(self) -> str:
        return "copy the image into the project; `..`, absolute paths and links that lead out are refused"


@rule("PK404", Severity.ERROR, since="0.1")
class NotAnImage(Rule):
    """The file's bytes are those of no image that all targets can show. Its name does not count.

    Fails:

        ## Q1. A curve

        What does this curve show?

        ![A loss that falls](curve.txt)

        **Solution:** A good learning rate.

    Instead:

        ## Q1. A curve

        What does this curve show?

        ![A loss that falls](figure.png)

        **Solution:** A good learning rate.
    """

    path: str

    def message(self) -> str:
        return f"`{self.path}` is not a PNG, JPEG, GIF, WebP or SVG image"

    def help(self) -> str:
        return "save it as PNG, JPEG or SVG"


@rule("PK405", Severity.WARNING, since="0.1")
class NoAltText(Rule):
    """A learner who cannot see the image gets nothing, and targets without images lose it wholly.

    Fails:

        ## Q1. A curve

        What does this curve show?

        ![](figure.png)

        **Solution:** A good learning rate.

    Instead:

        ## Q1. A curve

        What does this curve show?

        ![A loss that falls](figure.png)

        **Solution:** A good learning rate.
    """

    def message(self) -> str:
        return "this image has no alternative text"

    def help(self) -> str:
        return "say in the square brackets what the image shows"


@rule("PK406", Severity.ERROR, since="0.1")
class ImageTooLarge(Rule):
    """An image over the limit would make decks that phones refuse.

    Fails:

        ## Q1. A curve

        What does this curve show?

        ![A loss that falls, on 60000 by 60000 pixels](poster.png)

        **Solution:** A good learning rate.

    Instead:

        ## Q1. A curve

        What does this curve show?

        ![A loss that falls](figure.png)

        **Solution:** A good learning rate.
    """

    path: str
    what: str

    def message(self) -> str:
        return f"the image `{self.path}` is too large: {self.what}"

    def help(self) -> str:
        return "make it smaller; 1600 pixels of width are enough for every target"


@rule("PK407", Severity.ERROR, since="0.1")
class ActiveSvg(Rule):
    """An SVG file can hold scripts and can load other files; such a file is never handed out.

    Fails:

        ## Q1. A curve

        What does this curve show?

        ![A loss that falls, with a script inside](active.svg)

        **Solution:** A good learning rate.

    Instead:

        ## Q1. A curve

        What does this curve show?

        ![A loss that falls](figure.png)

        **Solution:** A good learning rate.
    """

    path: str
    what: str

    def message(self) -> str:
        return f"the image `{self.path}` holds {self.what}"

    def help(self) -> str:
        return "export it as plain SVG, or as PNG"
