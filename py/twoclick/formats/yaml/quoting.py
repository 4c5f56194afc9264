"""Texts in double quotes, which every YAML reader reads back as they are."""


def yaml_quoted(text: str) -> str:
    """The text in double quotes."""
    return '"' + "".join(_escaped(sign) for sign in text) + '"'


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    if sign.isprintable():
        return sign
    number = ord(sign)
    return f"\\x{number:02x}" if number < 0x100 else f"\\U{number:08x}"
