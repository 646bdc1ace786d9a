"""The only user of Typst: files in, a PDF out. Runs in a process of its own (`packc.render.limited`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packc.render.apart import Refused

if TYPE_CHECKING:
    import typst

_fonts: list[typst.Fonts] = []  # once they were looked for, which takes longer than setting a page


def compiled(files: dict[str, bytes], data: str) -> bytes:
    """Return the PDF (PDF/UA-1) of `main.typ`. Nothing is read from the disk but fonts.

    Raises Refused with Typst's message, and all that it says of it.
    """
    import typst

    compile_files: Any = typst.compile  # the stubs leave out the form with several files
    try:
        made: bytes = compile_files(
            files,
            font_paths=_all_fonts(),
            format="pdf",
            pdf_standards="ua-1",
            root=__file__,  # a file: nothing can lie below it, so nothing can be read
            sys_inputs={"data": data},
        )
    except typst.TypstError as error:
        raise Refused(error.message, error.diagnostic) from None
    return made


def families() -> bytes:
    """Return the names of all typefaces, a line for each."""
    return "\n".join(_all_fonts().families()).encode()


def _all_fonts() -> typst.Fonts:
    if not _fonts:
        import typst

        _fonts.append(typst.Fonts())
    return _fonts[0]
