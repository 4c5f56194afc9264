"""Serving `dist/` on this machine."""
