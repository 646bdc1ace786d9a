"""Texts that are live somewhere in somebody's format."""

from __future__ import annotations

# Each of these is live somewhere in GIFT, or was seen to do harm in a real import.
TORTURE = (
    "{}", "{", "}", "}{", "{=a ~b}", "a -> b", "->", "=", "~", "#", "####", ":", "::", "::name::", "::::",
    "&&058;", "&&010", "&&092;", "&amp;&058;", "\\", "\\\\", "\\n", "\\neq", "\\{", "\\\\{", "\\:", "\\=",
    "a\\", "\\#\\", "0", "00", "\n0\n", "a\n\nb", "\n\n", "// comment", "//", "[html]", "[plain]x",
    "[HTML]", "[a, b]", "%50%", "%100%x", "=%50%x", "T", "TRUE", "FALSE#x", "#1822:5", "#0",
    ">3 ALL VERTICAL", "$CATEGORY: x", "$course$", "$x$", "$$x$$", "\\(x\\)", "\\[x\\]", "_____",
    "{{mlang en}}", "@@PLUGINFILE@@/x.png", "*", "<b>bold</b>", "<script>alert(1)</script>", "a<b", "]]>",
    "<!--", "&lt;", "&", "\"'", "{T}", "{F}", "{1:SA:=x}", "\U0001f600", "e\u0301", "\u202eabc", "\u200d",
    "a\u2028b", "\xa0", "\ufeff", "\t", "  two  spaces  ", "[id:x]", "[tag:x]", "1..2", "9.81:0.01", "=C#",
    "=E=mc2", "\\frac{a}{b} = \\{x\\}", "~%-100%", "\r\nx\ry",
)  # fmt: skip
