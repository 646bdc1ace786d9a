"""The yardstick: markdown-it-py's commonmark preset, parse only, one parse for each question of a bank.

`python -m tests.bench.parse_only FILE`
"""

from __future__ import annotations

import sys
from pathlib import Path

from markdown_it import MarkdownIt

if __name__ == "__main__":
    parser = MarkdownIt("commonmark")
    for question in Path(sys.argv[1]).read_text(encoding="utf-8").split("\n## ")[1:]:
        parser.parse(f"## {question}")
