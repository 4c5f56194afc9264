"""The one exception that ends a command with a message for the person instead of a traceback."""


class BuildError(Exception):
    """Something the person can act on; its text says what happened, to what, and what to do."""
