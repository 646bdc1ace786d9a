"""PK3xx: rich text."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK301", Severity.WARNING, since="0.1")
class RawHtml(Rule):
    """HTML tags in the source are shown as text: content is data, and no target gets markup that packc did not make.

    Fails:

        ## Q1. What does <b>loss</b> measure?

        **Solution:** How wrong a model is.

    Instead:

        ## Q1. What does **loss** measure?

        **Solution:** How wrong a model is.
    """

    tag: str

    def message(self) -> str:
        return f"`{self.tag}` is HTML, which is shown as text"

    def help(self) -> str:
        return "use Markdown, or put it between backticks if it is meant as text"


@rule("PK302", Severity.ERROR, since="0.1")
class UnclosedMath(Rule):
    r"""A displayed formula that is never closed would be read as text, with its backslashes eaten.

    Fails:

        ## Q1. Write down the mean.

        **Solution:**

        $$
        \frac{1}{n} \sum_i x_i

    Instead:

        ## Q1. Write down the mean.

        **Solution:**

        $$
        \frac{1}{n} \sum_i x_i
        $$
    """

    opener: str
    closer: str

    def message(self) -> str:
        return f"the formula that begins with `{self.opener}` is never closed"

    def help(self) -> str:
        return f"end it with `{self.closer}`"


@rule("PK303", Severity.ERROR, since="0.1")
class LinkScheme(Rule):
    """Links may lead to `http`, `https` and `mailto` addresses or to files beside the pack, nowhere else.

    Fails:

        ## Q1. What do you change first?

        **Solution:** The [learning rate](ftp://example.org/rates).

    Instead:

        ## Q1. What do you change first?

        **Solution:** The [learning rate](https://example.org/rates).
    """

    scheme: str

    def message(self) -> str:
        return f"links of the kind `{self.scheme}` are not allowed"

    def help(self) -> str:
        return "use https, http, mailto or a relative link"


@rule("PK304", Severity.WARNING, since="0.1")
class SingleTildes(Rule):
    """Single tildes make a subscript of up to three characters; around more, a code host strikes the text out.

    Fails:

        ## Q1. Which loss counts?

        **Solution:** The loss~validation~.

    Instead:

        ## Q1. Which loss counts?

        **Solution:** The loss<sub>validation</sub>.
    """

    written: str

    def message(self) -> str:
        return f"`{self.written}` is text: a subscript has at most three characters and no space"

    def help(self) -> str:
        return "write `<sub>…</sub>` for a longer subscript, or `~~…~~` to strike text out"
