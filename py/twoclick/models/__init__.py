"""Model files: what is in them, what family they are of, how it is fed and decoded."""
