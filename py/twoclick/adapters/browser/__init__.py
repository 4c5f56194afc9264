"""The ports of the core, served by the browser through Pyodide."""
