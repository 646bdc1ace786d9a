"""Every rule is whole: a code of its own, a docstring, a message, the severity of its family."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import packc
from packc.diagnostics import Rule, Severity, all_rules, rule
from packc.diagnostics.page import page

RULES = list(all_rules().values())


def _sample(cls: type[Rule]) -> Rule:
    values = (3 if cls.__annotations__[name] in (int, "int") else "word" for name in cls.fields())
    return cls(*values)


@pytest.mark.parametrize("cls", RULES, ids=lambda cls: cls.code)
def test_a_rule_says_what_is_wrong(cls: type[Rule]) -> None:
    assert page(cls).text.endswith(".")
    sample = _sample(cls)
    assert sample.message()
    assert "\n" not in sample.message() + sample.label() + sample.help()
    assert not sample.message().endswith(".")
    assert (cls.severity is Severity.LOSS) == cls.code.startswith("PK6")
    assert sample == _sample(cls)


def test_every_rule_is_used() -> None:
    folder = Path(packc.__file__).parent
    code = "\n".join(
        path.read_text() for path in folder.rglob("*.py") if "rules" not in path.relative_to(folder).parts
    )
    assert [cls.__name__ for cls in RULES if not re.search(rf"\b{cls.__name__}\(", code)] == []


def test_a_code_is_given_once() -> None:
    with pytest.raises(ValueError, match="PK001"):
        rule("PK001", Severity.ERROR, since="0.1")(type("Other", (Rule,), {}))


def test_a_rule_takes_what_it_declares() -> None:
    with pytest.raises(TypeError):
        RULES[0]("a", "b", "c", "d")
