"""The commands of the command line, one module each: `add_to` says its options, `run` does it."""
