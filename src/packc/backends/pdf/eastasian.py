"""Typefaces for Chinese, Japanese and Korean.

One sign of these scripts is drawn otherwise in each language, and what Typst falls back to knows no language:
it was seen to take brackets from a typeface for Yi. Typst brings none, so those of systems are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_FAMILIES = {
    "zh": """
        Noto Serif CJK SC, Source Han Serif SC, Songti SC, SimSun, AR PL UMing CN,
        Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei""",
    "zh-hant": """
        Noto Serif CJK TC, Source Han Serif TC, Songti TC, PMingLiU, AR PL UMing TW,
        Noto Sans CJK TC, Source Han Sans TC, PingFang TC, Microsoft JhengHei""",
    "ja": """
        Noto Serif CJK JP, Source Han Serif, Hiragino Mincho ProN, Yu Mincho, IPAexMincho, IPAMincho,
        Noto Sans CJK JP, Source Han Sans, Hiragino Sans, Yu Gothic, IPAexGothic, IPAGothic""",
    "ko": """
        Noto Serif CJK KR, Source Han Serif K, NanumMyeongjo, UnBatang, AppleMyungjo, Batang,
        Noto Sans CJK KR, Source Han Sans K, Apple SD Gothic Neo, NanumGothic, Malgun Gothic""",
}
"""Those with serifs first, which go with the text's."""
_OF_ALL = "WenQuanYi Zen Hei, WenQuanYi Micro Hei, Droid Sans Fallback, Arial Unicode MS"
_HANGUL_SIGNS = "\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff"
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile(f"[{_HANGUL_SIGNS}]")
_SIGNS = re.compile(f"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff{_HANGUL_SIGNS}]")
_TRADITIONAL = ("hant", "tw", "hk", "mo")


def wanted(lang: str, texts: Iterable[str]) -> tuple[str, ...]:
    """Return the families to look for, the best first; () where `texts` have no sign of these scripts."""
    said = "".join(texts)
    if not _SIGNS.search(said):
        return ()
    language, *rest = lang.lower().replace("_", "-").split("-")
    if language not in _FAMILIES:
        language = "ja" if _KANA.search(said) else "ko" if _HANGUL.search(said) else "zh"
    elif language == "zh" and any(part in _TRADITIONAL for part in rest):
        language = "zh-hant"
    return tuple(name.strip() for name in f"{_FAMILIES[language]}, {_OF_ALL}".split(","))
