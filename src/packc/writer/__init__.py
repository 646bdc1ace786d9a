"""Canonical Markdown from a pack: the reader's twin. It knows the tree and the format, never the reader."""
