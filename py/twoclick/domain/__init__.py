"""What labelling is about, as frozen values.  Imports the standard library only."""
