"""Adapters that keep everything in memory: for the command line and for tests."""
