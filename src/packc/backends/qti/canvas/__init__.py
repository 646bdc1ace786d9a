"""QTI 1.2 as Canvas reads and writes it: one quiz, with Canvas' own notes on every question.

Where its readers look for what is known from an export of every type of question and from the readers
themselves; `docs/targets/qti.md` says which were run on our files.
"""
