"""The targets, one folder each. `registry` finds them; nothing here imports their code."""
