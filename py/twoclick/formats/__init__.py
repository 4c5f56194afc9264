"""Label files: one module a format, and what they share.  Rules in `format`, values in `labels`."""
