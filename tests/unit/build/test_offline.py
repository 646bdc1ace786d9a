"""A build talks to nobody: it opens no socket, whatever the content asks for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

# An audit hook sees every socket of the process, also one that a library in C opens through Python.
BUILD = """
import sys
seen = []
sys.addaudithook(lambda event, args: seen.append(event) if event.startswith("socket.") else None)
if sys.argv[1] == "talking":
    import socket
    socket.socket().close()
from pathlib import Path
from packc import api
from packc.backends.registry import infos
from packc.build.means import Means
report = api.build([], targets=["all"], means=Means(Path("cache"), int(sys.argv[2])))
assert len({each.target for each in report.artefacts}) >= 4
print(len(seen))
"""
PACK = """---
id: p{n}
namespace: n
source_url: https://example.org/
---

# Pack {n}

## Q1. One

**Question:** See [there](https://example.org/a) and [//evil](//example.org/b): $x^2$, `code` and

```python
print("https://example.org")
```

![Remote](https://example.org/x.png)

**Solution:** So. <img src="https://example.org/y.png"> <script src="//example.org/z.js"></script>
"""


def sockets(folder: Path, how: str, workers: int) -> int:
    command = [sys.executable, "-c", BUILD, how, str(workers)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    for number in range(2):
        text = PACK.format(n=number)
        if number == 0:  # the other one stays with its error: a remote image
            text = text.replace("![Remote](https://example.org/x.png)", "")
        (tmp_path / f"content/p{number}.md").write_text(text)
    return tmp_path


@pytest.mark.parametrize("workers", [1, 2])
def test_no_socket_is_opened(folder: Path, workers: int) -> None:
    assert sockets(folder, "silent", workers) == 0


def test_one_would_be_seen(folder: Path) -> None:
    assert sockets(folder, "talking", 1) > 0
