"""A note exactly as written, and where things stand in it; nothing here knows what they mean."""
