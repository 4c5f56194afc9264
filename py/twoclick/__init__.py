"""Twoclick: the core of a page for model-assisted labelling."""

__version__ = "0.1.0"
