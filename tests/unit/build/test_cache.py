"""The cache: a build with it says and writes what a build without it does, whatever happened to it."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from packc import api
from packc.api import Report
from packc.build.cache import Cache, Header
from packc.build.cachefolder import clear, sweep, why_not
from packc.build.code import code_files
from packc.build.codec import Undecodable, decoded, encoded
from packc.build.compiler import Compiler
from packc.build.job import Outcome
from packc.build.means import Means
from packc.build.plan import make_plan
from packc.build.publish import publish
from packc.build.request import Request
from packc.diagnostics.show.json import document
from packc.release import release
from tests.support.packs import png

ROOT = Path(__file__).resolve().parents[3]
GOOD = """---
id: {id}
lang: en
---

# Pack {id}

{text}

## Q1. One

**Question:** Why? ![A dot](dot.png)

**Solution:** So.

## Q2. Two

**Question:** Which?

- [x] This
  > Right.
- [ ] That
"""


@pytest.fixture
def project(quick_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with images, losses, an error, a warning, an ignore and words of its own."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    folder = quick_folder / "project"
    (folder / "content").mkdir(parents=True)
    (folder / "words").mkdir()
    (folder / "packc.yaml").write_text("namespace: n\nwords: words\ntemplates: own\n")
    (folder / "own/html").mkdir(parents=True)
    (folder / "own/html/student.css").write_text("p { color: black }\n")
    (folder / "words/en.toml").write_text('question = "Query"\n')
    (folder / "content/dot.png").write_bytes(png(3, 3))
    for name in ("one", "two"):
        (folder / f"content/{name}.md").write_text(GOOD.format(id=name, text="Some text."))
    (folder / "content/odd.md").write_text(
        GOOD.format(id="odd", text="<!-- packc: ignore PK301 -->").replace("lang: en", "lang: eo")
    )
    (folder / "content/bad.md").write_text("---\nid: bad\n---\n\n## Q1. One\n\n**Question:** Why?\n")
    (folder / "content/lost.md").write_text(GOOD.format(id="lost", text="").replace("dot.png", "dott.png"))
    return folder


def build(project: Path, cache: str | None = "cache", **more: object) -> Report:
    means = Means(cache=project.parent / cache if cache else None)
    return api.build([], cwd=project, means=means, **more)  # type: ignore[arg-type]


def told(report: Report) -> object:
    return document(report.diagnostics, report.sources), report.artefacts, report.kinds, report.broken


def written(project: Path) -> dict[str, bytes]:
    out = project / "dist"
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def entries(project: Path) -> list[Path]:
    found = (project.parent / "cache").rglob("*")
    return sorted(path for path in found if path.is_file() and path.stat().st_size)


def test_a_second_build_takes_all_from_the_cache_and_says_the_same(project: Path) -> None:
    plain = build(project, cache=None)
    files = written(project)
    shutil.rmtree(project / "dist")
    cold = build(project)
    assert written(project) == files
    times = {path: path.stat().st_mtime_ns for path in (project / "dist").rglob("*")}
    warm = build(project)
    assert (plain.fresh, cold.fresh, warm.fresh) == (0, 0, 5)
    assert told(plain) == told(cold) == told(warm)
    assert len(warm.diagnostics) > 5
    assert {path: path.stat().st_mtime_ns for path in (project / "dist").rglob("*")} == times


def test_nothing_is_read_or_written_anew_where_all_is_in_place(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(project)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was done")

    monkeypatch.setattr("packc.build.run.publish", refuse)
    monkeypatch.setattr("packc.build.work.Worker.do", refuse)
    monkeypatch.setattr("packc.build.cache.Cache.read", refuse)
    assert build(project).fresh == 5


def replace(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        text = (project / path).read_text()
        assert old in text
        (project / path).write_text(text.replace(old, new))

    return change


def image(project: Path) -> None:
    (project / "content/dot.png").write_bytes(png(4, 3))


def found_image(project: Path) -> None:
    shutil.copy(project / "content/dot.png", project / "content/dott.png")


CHANGES: dict[str, tuple[Callable[[Path], None], int]] = {  # and how many packs stay as they were
    "a text": (replace("content/one.md", "Why?", "How?"), 4),
    "an image": (image, 2),
    "an image that was missing": (found_image, 4),
    "words": (replace("words/en.toml", "Query", "Demand"), 1),
    "a template": (replace("own/html/student.css", "black", "red"), 0),
    "a setting": (replace("packc.yaml", "namespace: n", "namespace: m"), 0),
    "nothing": (lambda _: None, 5),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_an_outcome_depends_on_makes_it_anew(project: Path, name: str) -> None:
    change, fresh = CHANGES[name]
    build(project)
    change(project)
    report = build(project)
    assert report.fresh == fresh
    files = written(project)
    shutil.rmtree(project / "dist")
    plain = build(project, cache=None)
    assert (told(report), files) == (told(plain), written(project))


def test_options_targets_and_the_epoch_make_it_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(project)
    assert build(project, options=["html.paper=letter"]).fresh == 0
    assert build(project, targets=["gift"]).fresh == 0
    assert build(project, targets=["gift"]).fresh == 5
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000001")
    assert build(project).fresh == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    assert build(project).fresh == 5


def test_the_date_of_a_draft_counts_where_files_date_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    for path in (project / "content").iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))
    build(project)
    assert build(project).fresh == 5
    os.utime(project / "content/one.md", (1_700_000_100, 1_700_000_100))
    assert build(project).fresh == 4
    os.utime(project / "content/dot.png", (1_700_000_200, 1_700_000_200))
    assert build(project).fresh == 2
    files = written(project)
    build(project, cache=None)
    assert files == written(project)


def test_another_packc_makes_all_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(project)
    monkeypatch.setattr("packc.build.run.code_digest", lambda: "another")
    assert build(project).fresh == 0


def test_a_release_makes_all_anew_and_what_it_says_is_kept(project: Path) -> None:
    for name in ("bad", "lost"):
        (project / f"content/{name}.md").unlink()
    build(project)
    release([], cwd=project, new_ledger=True)
    assert (project / "packc.lock").exists()
    released = build(project)
    assert (released.fresh, released.unreleased) == (0, 0)
    replace("content/one.md", "Why?", "How?")(project)
    again, plain = build(project), build(project, cache=None)
    assert (again.fresh, again.unreleased, plain.unreleased) == (2, 1, 1)
    assert told(again) == told(plain)
    assert build(project).fresh == 3


def test_what_somebody_did_to_the_artefacts_is_undone(project: Path) -> None:
    build(project)
    files = written(project)
    out = project / "dist"
    (out / "gift/one.txt").unlink()
    same_size = (out / "gift/two.txt").read_bytes().swapcase()
    (out / "gift/two.txt").write_bytes(same_size)
    (out / "manifest.json").unlink()
    assert build(project).fresh == 5
    assert written(project) == files


def damage(path: Path, how: str, chance: random.Random) -> None:
    data = path.read_bytes()
    match how:
        case "empty":
            path.write_bytes(b"")
        case "cut":
            path.write_bytes(data[: chance.randrange(len(data))])
        case "flip":
            at = chance.randrange(len(data))
            path.write_bytes(data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
        case "version":
            path.write_bytes(data.replace(b"packc cache 1", b"packc cache 9").replace(b"build 2", b"build 9"))
        case "plausible":  # good JSON that says something else
            changed = re.sub(rb'\["single choice",\d+\]', b'["single choice",77]', data)
            assert changed != data or b'"single choice"' not in data
            path.write_bytes(changed)
        case "noise":
            path.write_bytes(chance.randbytes(len(data)))
        case "folder":
            path.unlink()
            path.mkdir()
        case _:
            path.unlink()


def test_every_file_of_packcs_own_counts_as_code() -> None:
    roots = (ROOT / "src/packc", ROOT / "templates")
    ours = {str(path) for root in roots for path in root.rglob("*") if path.is_file()}
    read = {path for root in roots for path in code_files(str(root))}
    assert read == {path for path in ours if "__pycache__" not in path}
    assert len({Path(path).suffix for path in read}) > 6


@pytest.mark.parametrize("dist", ["kept", "gone"])
@pytest.mark.parametrize("how", ["empty", "cut", "flip", "version", "plausible", "noise", "folder", "gone"])
def test_a_damaged_cache_changes_nothing(project: Path, how: str, dist: str) -> None:
    right = told(build(project))
    files = written(project)
    chance = random.Random(how)
    for path in entries(project):
        if how == "plausible" or chance.random() < 0.7:
            damage(path, how, chance)
    if dist == "gone":
        shutil.rmtree(project / "dist")
    assert told(build(project)) == right
    assert written(project) == files


def test_artefacts_that_the_cache_lost_on_the_way_are_made_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = told(build(project))
    files = written(project)
    shutil.rmtree(project / "dist")
    real = publish

    def without_cache(*args: object, **more: object) -> object:
        shutil.rmtree(project.parent / "cache")
        return real(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("packc.build.run.publish", without_cache)
    assert told(build(project)) == right
    assert written(project) == files


def test_a_cache_that_cannot_be_used_is_said_and_does_no_harm(project: Path) -> None:
    cache = project.parent / "cache"
    cache.write_text("a file")
    report = build(project)
    assert "not a directory" in report.why_uncached
    cache.unlink()
    cache.mkdir()
    cache.chmod(0o777)
    assert why_not(cache) == "others may write to it"
    assert build(project).why_uncached == "others may write to it"
    assert list(cache.iterdir()) == []
    assert len(written(project)) > 10


def test_what_belongs_to_somebody_else_is_not_believed(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(project)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    report = build(project)
    assert (report.fresh, report.why_uncached) == (0, "it belongs to somebody else")


def test_the_cache_stays_small_and_the_newest_stay(quick_folder: Path) -> None:
    for number in range(20):
        path = quick_folder / f"{number % 3}0" / str(number)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(bytes(1000))
        os.utime(path, (1_700_000_000 + number,) * 2)
    sweep(quick_folder, 20_000, most=5_000)
    assert sorted(int(path.name) for path in quick_folder.glob("*/*")) == list(range(15, 20))
    sweep(quick_folder, 0, most=1_000)
    assert len(list(quick_folder.glob("*/*"))) == 5, "it looked although little was written since"
    assert clear(quick_folder) == 5_000
    assert not quick_folder.exists() or not list(quick_folder.iterdir())


def outcomes(project: Path) -> list[Outcome]:
    plan = make_plan(Request([], cwd=project))
    return [Compiler(plan.settings).run(job, emitting=False) for job in plan.jobs]


def test_what_is_kept_comes_back_as_it_was(project: Path) -> None:
    found = outcomes(project)
    assert any(outcome.losses for outcome in found)
    assert any(outcome.ignores for outcome in found)
    for outcome in found:
        assert outcome.facts.span is not None
        assert decoded(Outcome, encoded(outcome), outcome.facts.span.file) == outcome


plain_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=10) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=30,
)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(plain_values, st.integers(0, 99))
def test_what_no_packc_wrote_is_no_outcome(data: object, offset: int) -> None:
    assert Cache(Path("nowhere"), "").outcome("k", Header(data, offset), 0) is None


@settings(
    derandomize=True,
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_an_outcome_with_one_wrong_value_is_read_or_refused(project: Path, draw: st.DataObject) -> None:
    """Nothing but `Undecodable` comes out of it, wherever the value stands."""
    data = encoded(draw.draw(st.sampled_from(outcomes_once(project))))
    place = data
    while isinstance(place, list) and place:
        index = draw.draw(st.integers(0, len(place) - 1))
        if not isinstance(place[index], list) or draw.draw(st.integers(0, 3)) == 0:
            place[index] = draw.draw(plain_values)
            break
        place = place[index]
    try:
        assert isinstance(decoded(Outcome, data, 0), Outcome)
    except Undecodable as refusal:
        assert str(refusal)


_SAMPLES: list[Outcome] = []


def outcomes_once(project: Path) -> list[Outcome]:
    if not _SAMPLES:
        _SAMPLES.extend(outcomes(project))
    return _SAMPLES
