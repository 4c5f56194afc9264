"""Saying no to a command."""


class Refused(Exception):  # noqa: N818 - an answer, not an error of the program
    """A command that cannot be done now.  Nothing changed; `message` says why, for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
