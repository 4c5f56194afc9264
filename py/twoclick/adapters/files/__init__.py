"""Files, folders and zip archives of the machine, for CPython: read with limits, written whole or
not at all."""

from twoclick.adapters.files.destination import Destination, destination_kind
from twoclick.adapters.files.entry import Entry, FilesError
from twoclick.adapters.files.source import Source, opened_source

__all__ = [
    "Destination",
    "Entry",
    "FilesError",
    "Source",
    "destination_kind",
    "opened_source",
]
