"""What of an imported pack can be written as Markdown that reads as the same pack: nearly everything."""

from __future__ import annotations

from dataclasses import replace

from packc.ast.pack import Pack, questions
from packc.diagnostics import Sink
from packc.reader.pack import read_pack
from packc.source import SourceFile
from packc.writer.pack import write


def back(pack: Pack) -> Pack:
    """Return what the Markdown of `pack` reads as."""
    return read_pack(SourceFile.from_text(write(pack), name="bank.md"), Sink(), fallback_id=None)


class Faithful:
    """Keeps the questions that read back, as `packc import` does, and counts the others, which it names."""

    def __init__(self) -> None:
        self.kept = self.left_out = 0

    def of(self, pack: Pack) -> Pack:
        """Return the pack without its texts, and without the questions that would read as something else."""
        if back(pack) == pack:
            self.kept += sum(1 for _ in questions(pack))
            return pack
        alone = [replace(pack, intro=(), parts=(question,)) for question in questions(pack)]
        read = [one for one in alone if back(one) == one]
        self.kept += len(read)
        self.left_out += len(alone) - len(read)
        return replace(pack, intro=(), parts=tuple(part for one in read for part in one.parts))
