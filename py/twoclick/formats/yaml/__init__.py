"""The part of YAML that files beside labels are written in: reading it, and quoting for it.

Of our own, because a whole YAML reader is 40 KB of the first load and does three things otherwise:
here names stay text ("no" and "1.0" are classes, not a bool and a float), each error names its
line, and nothing refers to anything, so that no small file grows into a large one.
"""
