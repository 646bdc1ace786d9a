"""Bad input: one clear error with its place, no traceback, nothing lost, the other packs built."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from packc import ProjectFault, api
from packc.api import Report
from packc.diagnostics import Severity
from tests.support.packs import png, png_claiming

GOOD = "---\nid: good\nnamespace: n\n---\n\n## Q1. One\n\n**Question:** Why?\n\n**Solution:** So.\n"


def _question(identifier: str = "Q1", body: str = "Why?\n\n**Solution:** So.\n") -> str:
    return f"## {identifier}. Title\n\n{body}\n"


def _with_front(front: str, rest: str = _question()) -> bytes:
    return f"---\n{front}\n---\n\n{rest}".encode()


def _alias_bomb() -> str:
    lines = ["a: &a [x, x]"]
    lines += [f"{new}: &{new} [*{old}, *{old}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)]
    return "\n".join(lines)


# Each part is within the limit, the question that they make is not.
_LONG_PARTS = "**Solution:** s\n\n" + "### Part\n\n".join("word\n\n" * 50_000 for _ in range(2))

# name, source, (code, line, column) of the one error
BAD = [
    ("not UTF-8", b"## Q1. Caf\xe9\n", ("PK001", 1, 11)),
    ("UTF-16", "## Q1. x\n".encode("utf-16"), ("PK001", 1, 1)),
    ("NUL", _question(body="a\0b\n\n**Solution:** c").encode(), ("PK002", 3, 2)),
    ("control character", _question(body="a\x07\n\n**Solution:** c").encode(), ("PK003", 3, 2)),
    ("empty", b"", ("PK004", 1, 1)),
    ("only white space", b"\n \n", ("PK004", 1, 1)),
    ("a byte order mark and nothing", b"\xef\xbb\xbf", ("PK004", 1, 1)),
    (
        "a question of 5 MB",
        _question(body="**Solution:** s\n" + "word\n" * 1_048_576).encode(),
        ("PK119", 1, 1),
    ),
    ("a long question with headings", _question(body=_LONG_PARTS).encode(), ("PK119", 1, 1)),
    ("a line of 600 kB", _question(body="**Solution:** s\n\n" + "x" * 600_000).encode(), ("PK006", 5, 1)),
    ("missing id", b"## A title\n\n**Question:** a\n\n**Solution:** b\n", ("PK104", 1, 1)),
    ("duplicate id", (_question() + _question("q1")).encode(), ("PK101", 7, 1)),
    ("choices without a key", _question(body="Which?\n\n- [ ] a\n- [ ] b").encode(), ("PK201", 5, 1)),
    ("a question that asks nothing", b"## Q1\n\n**Solution:** b\n", ("PK102", 1, 1)),
    ("open without a solution", _question(body="**Question:** Why?").encode(), ("PK103", 1, 1)),
    ("unclosed fence", _question(body="**Solution:** s\n\n```python\nx = 1").encode(), ("PK008", 5, 1)),
    ("broken YAML", _with_front("id: x\ntags: [a, b"), ("PK010", 4, 1)),
    ("YAML aliases", _with_front(_alias_bomb()), ("PK011", 2, 4)),
    ("a YAML alias", _with_front("a: *x"), ("PK011", 2, 4)),
    ("YAML depth", _with_front("a: " + "[" * 5000), ("PK013", 2, 35)),
    ("YAML size", _with_front("a: " + "x" * 70_000), ("PK013", 2, 1)),
    ("YAML tag", _with_front("a: !!python/name:os.system x"), ("PK011", 2, 4)),
    ("duplicate key", _with_front("id: x\nid: y"), ("PK012", 3, 1)),
    ("missing image", _question(body="![a](none.png)\n\n**Solution:** s").encode(), ("PK401", 3, 1)),
    ("image outside", _question(body="![a](../../etc/passwd)\n\n**Solution:** s").encode(), ("PK403", 3, 1)),
    (
        "the same, encoded",
        _question(body="x ![a](..%2F..%2Fetc%2Fpasswd)\n\n**Solution:** s").encode(),
        ("PK403", 3, 3),
    ),
    ("absolute image", _question(body="![a](/etc/passwd)\n\n**Solution:** s").encode(), ("PK403", 3, 1)),
    ("image through a link", _question(body="![a](link.png)\n\n**Solution:** s").encode(), ("PK403", 3, 1)),
    ("not an image", _question(body="![a](text.png)\n\n**Solution:** s").encode(), ("PK404", 3, 1)),
    (
        "remote image",
        _question(body="![a](https://x.org/a.png)\n\n**Solution:** s").encode(),
        ("PK402", 3, 1),
    ),
    ("script in SVG", _question(body="![a](bad.svg)\n\n**Solution:** s").encode(), ("PK407", 3, 1)),
    ("huge claim", _question(body="![a](huge.png)\n\n**Solution:** s").encode(), ("PK406", 3, 1)),
    ("link scheme", _question(body="[a](javascript:x)\n\n**Solution:** s").encode(), ("PK303", 3, 1)),
    ("nesting", _question(body=">" * 60 + " deep\n\n**Solution:** s").encode(), ("PK007", 3, 1)),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with one good pack, built once, and the files that bad packs point to."""
    outside = tmp_path / "outside.png"
    outside.write_bytes(png())
    root = tmp_path / "project"
    content = root / "content"
    content.mkdir(parents=True)
    (root / "packc.yaml").write_text("namespace: test\n")
    (content / "good.md").write_text(GOOD)
    (content / "link.png").symlink_to(outside)
    (content / "text.png").write_text("no image")
    (content / "bad.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')
    (content / "huge.png").write_bytes(png_claiming(60_000))
    return root


def _errors(report: Report) -> list[tuple[str, str, int, int]]:
    found = []
    for diagnostic in report.diagnostics:
        if diagnostic.severity is Severity.ERROR:
            assert diagnostic.span is not None
            source = report.sources[diagnostic.span.file]
            found.append((source.name, diagnostic.code, *source.place(diagnostic.span.start)))
    return found


@pytest.mark.parametrize(("source", "wanted"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_one_clear_error(folder: Path, source: bytes, wanted: tuple[str, int, int]) -> None:
    api.build([], targets=["gift"], cwd=folder)
    kept = (folder / "dist/gift/good.txt").read_bytes()
    (folder / "content/zbad.md").write_bytes(source)
    (folder / "content/other.md").write_text(GOOD.replace("good", "other"))

    report = api.build([], targets=["gift"], cwd=folder)

    assert _errors(report) == [("content/zbad.md", *wanted)]
    assert report.exit_code == 1
    assert report.broken == ("content/zbad.md",)
    assert (folder / "dist/gift/good.txt").read_bytes() == kept
    assert (folder / "dist/gift/other.txt").exists()
    assert not (folder / "dist/gift/zbad.txt").exists()


def test_a_broken_pack_keeps_its_old_files(folder: Path) -> None:
    api.build([], targets=["gift"], cwd=folder)
    before = (folder / "dist/gift/good.txt").read_bytes()
    (folder / "content/good.md").write_text(GOOD.replace("**Solution:** So.", ""))
    report = api.build([], targets=["gift"], cwd=folder)
    assert report.exit_code == 1
    assert (folder / "dist/gift/good.txt").read_bytes() == before


def test_a_pack_that_hides_its_id_keeps_its_old_files(folder: Path) -> None:
    (folder / "content/file-name.md").write_text(GOOD.replace("id: good", "id: other-id"))
    api.build([], targets=["gift"], cwd=folder)
    (folder / "content/file-name.md").write_text(GOOD.replace("id: good", "id: [broken"))
    assert api.build([], targets=["gift"], cwd=folder).exit_code == 1
    assert (folder / "dist/gift/other-id.txt").exists()


def test_two_packs_with_one_id(folder: Path) -> None:
    (folder / "content/twin.md").write_text(GOOD.replace("id: good", "id: GOOD"))
    report = api.build([], targets=["gift"], cwd=folder)
    assert [row[:2] for row in _errors(report)] == [("content/twin.md", "PK502")]
    assert not (folder / "dist/gift").exists()


def test_broken_front_matter_says_nothing_of_what_it_may_hold(tmp_path: Path) -> None:
    (tmp_path / "lone.md").write_bytes(_with_front("id: x\nnamespace: n\ntags: [a"))
    report = api.check(["lone.md"], targets=["gift"], cwd=tmp_path)
    assert [found.code for found in report.diagnostics] == ["PK010"]


def test_two_packs_that_would_write_one_file(folder: Path) -> None:
    (folder / "content/key.md").write_text(GOOD.replace("id: good", "id: good.key"))
    (folder / "content/other.md").write_text(GOOD.replace("id: good", "id: other"))
    report = api.build([], targets=["html"], cwd=folder)
    assert [row[:2] for row in _errors(report)] == [("content/key.md", "PK503")]
    assert sorted(report.broken) == ["content/good.md", "content/key.md"]
    assert sorted(path.name for path in (folder / "dist/html").iterdir()) == ["other.html", "other.key.html"]


def test_a_file_over_the_limit_is_not_read(folder: Path) -> None:
    (folder / "packc.yaml").write_text("namespace: n\nlimits:\n  file_bytes: 20\n")
    report = api.check([], targets=["gift"], cwd=folder)
    assert [found.code for found in report.diagnostics if found.severity is Severity.ERROR] == ["PK005"]


def test_a_file_that_cannot_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "content")  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.md")
        report = api.build(["socket.md", "good.md"], targets=["gift"], out=folder / "dist")
    assert [(found.code, found.file) for found in report.diagnostics] == [("PK805", "socket.md")]
    assert (folder / "dist/gift/good.txt").exists()


@pytest.mark.parametrize(
    "change", [lambda data: b"\xef\xbb\xbf" + data, lambda data: data.replace(b"\n", b"\r\n")]
)
def test_a_byte_order_mark_and_crlf_change_nothing(folder: Path, change: Callable[[bytes], bytes]) -> None:
    api.build([], targets=["gift"], cwd=folder)
    before = (folder / "dist/gift/good.txt").read_bytes()
    (folder / "content/good.md").write_bytes(change(GOOD.encode()))
    report = api.build([], targets=["gift"], cwd=folder)
    assert report.exit_code == 0
    assert (folder / "dist/gift/good.txt").read_bytes() == before


def test_a_vanished_pack_is_removed_by_a_full_build_only(folder: Path) -> None:
    (folder / "content/other.md").write_text(GOOD.replace("good", "other"))
    api.build([], targets=["gift"], cwd=folder)
    (folder / "content/other.md").unlink()
    api.build(["content/good.md"], targets=["gift"], cwd=folder)
    assert (folder / "dist/gift/other.txt").exists()
    api.build([], targets=["gift"], cwd=folder)
    assert not (folder / "dist/gift/other.txt").exists()
    assert (folder / "dist/gift/good.txt").exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("namespce: x\n", "PK803"),
        ("targets: [anki, gfit]\n", "PK801"),
        ("content: ../elsewhere\n", "PK015"),
        ("namespace: [a\n", "PK010"),
        ("required: [everything]\n", "PK026"),
    ],
)
def test_a_wrong_project_file(folder: Path, text: str, code: str) -> None:
    (folder / "packc.yaml").write_text(text)
    with pytest.raises(ProjectFault) as caught:
        api.build([], cwd=folder)
    assert [found.code for found in caught.value.diagnostics] == [code]
    assert not (folder / "dist").exists()


def test_an_unknown_target_names_the_nearest(folder: Path) -> None:
    with pytest.raises(ProjectFault) as caught:
        api.build([], targets=["ankii"], cwd=folder)
    assert caught.value.diagnostic.rule.help().startswith("did you mean `anki`? the targets are anki, ")


def test_no_project(tmp_path: Path) -> None:
    with pytest.raises(ProjectFault) as caught:
        api.build([], cwd=tmp_path)
    assert caught.value.diagnostic.code == "PK802"


def test_no_such_path(folder: Path) -> None:
    with pytest.raises(ProjectFault) as caught:
        api.build(["content/none.md"], cwd=folder)
    assert caught.value.diagnostic.code == "PK804"


@pytest.mark.parametrize("written", ["-1", "abc", "1e9", "999999999999999"])
def test_a_wrong_epoch(folder: Path, monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", written)
    with pytest.raises(ProjectFault) as caught:
        api.check([], targets=["gift"], cwd=folder)
    assert caught.value.diagnostic.code == "PK808"
