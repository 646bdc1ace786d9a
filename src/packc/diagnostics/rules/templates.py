"""Rules about templates of the project's own."""

from __future__ import annotations

from packc.diagnostics.rule import Rule, Severity, rule


@rule("PK840", Severity.ERROR, since="0.1")
class BadTemplate(Rule):
    """A template of your own cannot be used: its syntax is wrong, it names what is not there, or never ends.

    Nothing is written then. `packc templates show` prints packc's own, and docs/templates.md tells what a
    template is given.

    Fails (command):

        mkdir -p mine/html
        echo '{% for part in %}' > mine/html/student.html.j2
        packc build intro.md -t html --templates mine

    Instead:

        mkdir -p mine
        packc templates copy html/student.html.j2 --to mine
        packc build intro.md -t html --templates mine
    """

    name: str
    why: str

    def message(self) -> str:
        return f"template `{self.name}`: {self.why}"


@rule("PK841", Severity.ERROR, since="0.1")
class UnknownTemplate(Rule):
    """A file among the templates of your own is none that packc uses.

    Fails (command):

        mkdir -p mine/html
        echo '' > mine/html/students.css
        packc build intro.md -t html --templates mine

    Instead:

        mkdir -p mine/html
        echo '' > mine/html/easy.css
        packc build intro.md -t html --templates mine
    """

    name: str
    near: str

    def message(self) -> str:
        return f"packc has no template `{self.name}`"

    def help(self) -> str:
        listed = "`packc templates list` lists them"
        return f"did you mean `{self.near}`? {listed}" if self.near else listed


@rule("PK842", Severity.ERROR, since="0.1")
class NoTemplates(Rule):
    """The folder of templates is not there, or a file in it cannot be read or lies elsewhere.

    Fails (command):

        packc build intro.md -t html --templates nowhere

    Instead:

        mkdir mine
        packc build intro.md -t html --templates mine
    """

    name: str
    why: str

    def message(self) -> str:
        return f"templates `{self.name}`: {self.why}"
