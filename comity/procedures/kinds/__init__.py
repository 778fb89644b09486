"""The kinds of matter, one file each; the registry finds them here."""
