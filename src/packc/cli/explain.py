"""`packc explain`: a rule's page."""

from __future__ import annotations

import click

from packc.cli import options
from packc.cli.console import Console
from packc.cli.exits import Exit
from packc.diagnostics.page import Page, markdown, page
from packc.diagnostics.rule import all_rules
from packc.diagnostics.show import json as as_json
from packc.near import nearest


@click.command("explain")
@click.argument("code", required=False, metavar="[CODE]")
@click.option("--json", "json_wanted", is_flag=True, help="Write one JSON document.")
@options.traceback
def command(code: str | None, json_wanted: bool) -> int:
    """Explain what a code such as PK201 means.

    Shows an example that fails and how to write it instead. Without CODE all codes are listed.
    """
    rules = all_rules()
    if code is not None and code.upper() not in rules:
        raise click.UsageError(_unknown(code, tuple(rules)))
    pages = [page(rules[name]) for name in ((code.upper(),) if code else rules)]
    if json_wanted:
        text = as_json.render({"version": as_json.VERSION, "rules": [_record(each) for each in pages]})
    elif code:
        text = markdown(pages[0])
    else:
        text = "".join(f"{each.code}  {each.severity:<7}  {each.name}\n" for each in pages)
    Console().data(text)
    return Exit.OK


def _unknown(code: str, known: tuple[str, ...]) -> str:
    near = nearest(code.upper(), known)
    hint = f"did you mean `{near}`?" if near else "`packc explain` lists them all"
    return f"there is no code `{code}`; {hint}"


def _record(page: Page) -> dict[str, object]:
    example = page.example
    return {
        "code": page.code,
        "name": page.name,
        "severity": str(page.severity),
        "since": page.since,
        "text": page.text,
        "example": example and {**example._asdict(), "kind": str(example.kind)},
        "no_example": page.reason or None,
    }
