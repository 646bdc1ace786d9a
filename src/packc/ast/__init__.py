"""The question AST: what a pack means, free of any syntax and of any target."""
