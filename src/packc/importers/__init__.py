"""What other people's formats become: a `Pack`, which the writer makes canonical Markdown."""
