"""A folder of Markdown notes in; a networking plan that keeps itself up to date out."""

__version__ = "0.1.0"
