"""The only room that touches files: walk, read, compare, write, journal."""
