"""MathML to TeX: presentation elements as people write them. What is unknown raises; nobody guesses."""

from __future__ import annotations

from packc.intake.tree import Element

_TEX = ("application/x-tex", "text/x-tex", "latex", "tex", "application/x-latex")
_SIGNS = {
    **{"α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon", "ϵ": r"\epsilon"},
    **{"ζ": r"\zeta", "η": r"\eta", "θ": r"\theta", "ι": r"\iota", "κ": r"\kappa", "λ": r"\lambda"},
    **{"μ": r"\mu", "ν": r"\nu", "ξ": r"\xi", "π": r"\pi", "ρ": r"\rho", "σ": r"\sigma", "τ": r"\tau"},
    **{"υ": r"\upsilon", "φ": r"\varphi", "ϕ": r"\phi", "χ": r"\chi", "ψ": r"\psi", "ω": r"\omega"},
    **{"Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda", "Ξ": r"\Xi", "Π": r"\Pi"},
    **{"Σ": r"\Sigma", "Φ": r"\Phi", "Ψ": r"\Psi", "Ω": r"\Omega", "∞": r"\infty", "∂": r"\partial"},
    **{"∇": r"\nabla", "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "∮": r"\oint", "√": r"\surd"},
    **{"≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "≈": r"\approx", "≡": r"\equiv", "∼": r"\sim"},
    **{"∝": r"\propto", "∈": r"\in", "∉": r"\notin", "⊂": r"\subset", "⊆": r"\subseteq", "∪": r"\cup"},
    **{"∩": r"\cap", "∅": r"\emptyset", "∀": r"\forall", "∃": r"\exists", "¬": r"\neg", "∧": r"\wedge"},
    **{"∨": r"\vee", "→": r"\to", "←": r"\leftarrow", "⇒": r"\Rightarrow", "⇔": r"\Leftrightarrow"},
    **{"↦": r"\mapsto", "±": r"\pm", "∓": r"\mp", "×": r"\times", "÷": r"\div", "·": r"\cdot"},
    **{"⋅": r"\cdot", "∘": r"\circ", "⊗": r"\otimes", "⊕": r"\oplus", "…": r"\dots", "⋯": r"\cdots"},
    **{"⋮": r"\vdots", "⋱": r"\ddots", "⟨": r"\langle", "⟩": r"\rangle", "∥": r"\parallel", "∣": r"\mid"},
    **{"⌈": r"\lceil", "⌉": r"\rceil", "⌊": r"\lfloor", "⌋": r"\rfloor", "ℝ": r"\mathbb{R}"},
    **{"ℕ": r"\mathbb{N}", "ℤ": r"\mathbb{Z}", "ℚ": r"\mathbb{Q}", "ℂ": r"\mathbb{C}", "𝔼": r"\mathbb{E}"},
    **{"′": "'", "−": "-", "\u2061": "", "\u2062": "", "\u2063": ",", "\u2064": "+", "\u00a0": r"\ "},
    **{"{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "&": r"\&", "$": r"\$", "_": r"\_"},
    **{"\\": r"\backslash", "^": r"\hat{}", "~": r"\sim", "ℓ": r"\ell", "ℏ": r"\hbar", "∗": "*"},
}
_ACCENTS = {
    **{"^": r"\hat", "ˆ": r"\hat", "¯": r"\bar", "‾": r"\overline", "_": r"\overline", "→": r"\vec"},
    **{"⃗": r"\vec", "~": r"\tilde", "˜": r"\tilde", "˙": r"\dot", "¨": r"\ddot", "⏞": r"\overbrace"},
    **{"ˇ": r"\check", "˘": r"\breve", "´": r"\acute", "`": r"\grave"},
}
_FUNCTIONS = frozenset(
    [
        *("sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh"),
        *("exp", "log", "ln", "lim", "max", "min", "sup", "inf", "det", "dim", "ker", "gcd", "arg", "deg"),
        *("hom", "Pr", "limsup", "liminf"),
    ]
)
_VARIANTS = {
    "bold": r"\mathbf",
    "double-struck": r"\mathbb",
    "script": r"\mathcal",
    "fraktur": r"\mathfrak",
    "sans-serif": r"\mathsf",
    "monospace": r"\mathtt",
    "normal": r"\mathrm",
    "bold-italic": r"\boldsymbol",
}


class UnknownMath(ValueError):
    """MathML that has no TeX here. The message names the element."""


def tex_of(root: Element) -> str:
    """Return the TeX of a `math` element, the author's own where it stands beside. Raises UnknownMath."""
    own = next(
        (note for note in root.below("annotation") if note.get("encoding").lower() in _TEX),
        None,
    )
    written = own.text() if own is not None else _row(root)
    return " ".join(written.split())


def is_displayed(root: Element) -> bool:
    """Tell whether the formula asks for a line of its own."""
    return root.get("display") == "block" or root.get("mode") == "display"


def _row(node: Element) -> str:
    if any(isinstance(child, str) and child.strip() for child in node.children):
        raise UnknownMath("text outside its tokens")
    return " ".join(part for part in map(_tex, node.elements()) if part)


def _tex(node: Element) -> str:
    parts = [*node.elements()]
    match node.name:
        case "mrow" | "mstyle" | "mpadded" | "math" | "mtd" | "menclose" | "none" | "mprescripts":
            return _row(node)
        case "semantics":
            return _tex(parts[0]) if parts else ""
        case "mi" | "mn" | "mo":
            return _token(node)
        case "mtext" | "ms":
            text = "".join(f"\\{one}" if one in "{}%#&$_" else one for one in node.text())
            return rf"\text{{{text}}}" if text.strip() else r"\ "
        case "mspace":
            return r"\quad" if node.get("width").startswith(("1em", "1.")) else r"\,"
        case "mphantom":
            return rf"\phantom{{{_row(node)}}}"
        case "msqrt":
            return rf"\sqrt{{{_row(node)}}}"
        case "mfenced":
            return _fenced(node)
        case "mtable":
            rows = (" & ".join(map(_row, row.elements())) for row in node.elements())
            return r"\begin{matrix} " + r" \\ ".join(rows) + r" \end{matrix}"
        case _:
            return _built(node, parts)


def _built(node: Element, parts: list[Element]) -> str:
    match node.name, parts:
        case "mfrac", [over, under] if node.get("linethickness") in ("0", "0pt", "0px", "0em"):
            return rf"\binom{{{_tex(over)}}}{{{_tex(under)}}}"
        case "mfrac", [over, under]:
            return rf"\frac{{{_tex(over)}}}{{{_tex(under)}}}"
        case "mroot", [base, index]:
            return rf"\sqrt[{_tex(index)}]{{{_tex(base)}}}"
        case "msup", [base, raised] if _tex(raised).replace("'", "").replace(" ", "") == "":
            return f"{_base(base)}{_tex(raised).replace(' ', '')}"
        case "msup", [base, raised]:
            return f"{_base(base)}^{{{_tex(raised)}}}"
        case "msub", [base, lowered]:
            return f"{_base(base)}_{{{_tex(lowered)}}}"
        case (("msubsup" | "munderover"), [base, lowered, raised]):
            return f"{_base(base)}_{{{_tex(lowered)}}}^{{{_tex(raised)}}}"
        case "mover", [base, mark] if mark.name == "mo" and mark.text().strip() in _ACCENTS:
            return f"{_ACCENTS[mark.text().strip()]}{{{_tex(base)}}}"
        case "mover", [base, above]:
            is_large = base.name == "mo"
            return f"{_base(base)}^{{{_tex(above)}}}" if is_large else _stacked("over", base, above)
        case "munder", [base, below] if below.text().strip() in ("_", "̲", "‾"):
            return rf"\underline{{{_tex(base)}}}"
        case "munder", [base, below]:
            is_large = base.name == "mo" or _tex(base).removeprefix("\\") in _FUNCTIONS
            return f"{_base(base)}_{{{_tex(below)}}}" if is_large else _stacked("under", base, below)
        case _:
            raise UnknownMath(f"`{node.name}`")


def _stacked(where: str, base: Element, mark: Element) -> str:
    return rf"\{where}set{{{_tex(mark)}}}{{{_tex(base)}}}"


def _base(node: Element) -> str:
    tex = _tex(node)
    return tex if node.name in ("mi", "mn", "mo") and tex else f"{{{tex}}}"


def _token(node: Element) -> str:
    text = node.text().strip()
    if node.name == "mi" and text in _FUNCTIONS:
        return f"\\{text}"
    if node.name == "mo" and text in _FUNCTIONS:
        return f"\\{text}"
    tex = (
        " ".join(filter(None, (_SIGNS.get(one, one) for one in text)))
        if any(one in _SIGNS for one in text)
        else text
    )
    variant = _VARIANTS.get(node.get("mathvariant"), "")
    if not variant and node.name == "mi" and len(text) > 1 and text.isalpha() and tex == text:
        variant = r"\mathrm"
    if variant and tex and not (variant == r"\mathrm" and tex.startswith("\\")):
        return f"{variant}{{{tex}}}"
    return tex


def _fenced(node: Element) -> str:
    opening, closing = node.get("open", "("), node.get("close", ")")
    marks = list(node.get("separators", ",").replace(" ", ""))
    inner = ""
    for index, part in enumerate(node.elements()):
        mark = marks[min(index - 1, len(marks) - 1)] if index and marks else ""
        inner += f"{mark} {_tex(part)}"
    left, right = (_SIGNS.get(mark, mark) or "." for mark in (opening, closing))
    return rf"\left{left} {inner.strip()} \right{right}"
