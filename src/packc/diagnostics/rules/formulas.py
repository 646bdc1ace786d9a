"""PK3xx: formulas."""

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK322", Severity.ERROR, since="0.1")
class BrokenFormula(Rule):
    r"""Unbalanced TeX is shown in red, as text or not at all, and differently on every target.

    Fails:

        ## Q1. Write down the mean.

        **Solution:** $\frac{1}{n \sum_i x_i$

    Instead:

        ## Q1. Write down the mean.

        **Solution:** $\frac{1}{n} \sum_i x_i$
    """

    why: str

    def message(self) -> str:
        return f"this formula is broken: {self.why}"
