"""Where the program starts: the command line, and the two Pyodide workers."""
