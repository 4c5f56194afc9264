"""The build of Twoclick: from a bare checkout to `dist/`, a server, tests and checks.

Runs on the Python that started `build.py` with the standard library only; what needs packages runs
in the checkout's own `.venv`, as a child process. `commands` is the entry; every other module has
one subject.
"""
