"""`docs/targets/matrix.md`: `make matrix` writes it, and a test sees that it is what targets declare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from packc.backends import registry
from packc.backends.base import Backend, Capability, Feature, Level, value_losses

PAGE = Path(__file__).resolve().parents[2] / "docs/targets/matrix.md"
_WORDS = {Level.KEPT: "yes", Level.DEGRADED: "part", Level.DROPPED: "no"}
_INTRODUCTION = """\
# What each target carries

`yes` is kept whole, `part` is changed, and `no` is not in the target's files at all; below the table stands how. Whatever is not kept is reported as a loss, with its place in your source, before anything is written; with `--strict-loss` a loss is an error. `packc targets` prints the same. This page is written by `make matrix` from what the targets declare, and tests hold them to it.

"""  # noqa: E501 (a paragraph is one line, as in all our documents)


def document() -> str:
    """Return the page."""
    backends = [registry.load(name) for name in registry.infos()]
    return _INTRODUCTION + "\n".join(
        [*_table(backends), *(line for one in backends for line in _details(one))]
    )


def _table(backends: Sequence[Backend]) -> Iterator[str]:
    yield f"| | {' | '.join(f'`{backend.info.name}`' for backend in backends)} |"
    yield "|---" * (len(backends) + 1) + "|"
    for feature in Feature:
        words = (_WORDS[backend.capabilities()[feature].level] for backend in backends)
        yield f"| {feature} | {' | '.join(words)} |"


def _details(backend: Backend) -> Iterator[str]:
    yield from ("", f"## `{backend.info.name}`", "", f"{backend.info.title}.")
    groups: dict[Capability, list[str]] = {}
    for feature, capability in backend.capabilities().items():
        groups.setdefault(capability, []).append(feature)
    for level, heading in ((Level.DROPPED, "Not carried:"), (Level.DEGRADED, "Changed:")):
        found = [(features, one.how) for one, features in groups.items() if one.level is level]
        if found:
            yield from ("", heading, "")
            yield from (f"- {', '.join(features)}: {how}" for features, how in found)
    losses = value_losses(backend)
    if losses:
        yield from ("", "Lost or changed for some values only:", "")
        yield from (f"- {loss.what} ({_WORDS[loss.level]}): {loss.how}" for loss in losses)
    for option in backend.info.options:
        yield from ("", f"`-O {backend.info.name}.{option.name}`: {option.about}.")


def write() -> None:
    """Write the page anew."""
    PAGE.write_text(document() + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
