"""Which files are packs: hidden ones, links and folders with odd names among them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from packc.diagnostics import Sink
from packc.project import find_packs, find_project
from packc.source import SourceMap


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with packs, and much that is none."""
    (tmp_path / "packc.yaml").write_text("namespace: n\n")
    content = tmp_path / "content"
    for name in ("b.md", "a.md", "a/z.md", "README.md", "deep/readme.md", ".hidden.md", ".git/c.md", "x.txt"):
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text("")
    (content / "folder.md").mkdir()
    return tmp_path


def found(project: Path, *paths: Path) -> list[str]:
    settings = find_project(project, SourceMap(), Sink())
    packs = find_packs(settings, list(paths), project, Sink())
    return [f"{Path(each.path).relative_to(project)} {each.root.relative_to(project)}" for each in packs]


def test_packs_are_found_in_order_of_their_paths(folder: Path) -> None:
    right = ["content/a/z.md .", "content/a.md .", "content/b.md ."]
    assert found(folder) == right
    assert found(folder, folder / "content") == right
    assert found(folder, folder / "content/b.md", folder / "content") == [right[2], *right[:2]]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_two_ways_to_a_file_are_one_pack(folder: Path) -> None:
    (folder / "content/c.md").symlink_to("b.md")
    (folder / "content/circle.md").symlink_to("circle.md")
    (folder / "content/nowhere.md").symlink_to("none.md")
    (folder / "content/below").symlink_to("a")
    assert found(folder, folder / "content") == ["content/a/z.md .", "content/a.md .", "content/c.md ."]
    assert found(folder, folder / "content/below/z.md", folder / "content/a/z.md") == ["content/a/z.md ."]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_out_of_the_project_keeps_its_images_beside_it(folder: Path) -> None:
    project, outside = folder / "in", folder / "out"
    project.mkdir()
    outside.mkdir()
    (folder / "packc.yaml").rename(project / "packc.yaml")
    (outside / "far.md").write_text("")
    (project / "near.md").write_text("")
    (project / "link.md").symlink_to(outside / "far.md")
    settings = find_project(project, SourceMap(), Sink())
    packs = find_packs(settings, [project, outside], project, Sink())
    assert {Path(each.path): each.root for each in packs} == {
        project / "near.md": project,
        outside / "far.md": outside,
    }
