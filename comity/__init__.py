"""Comity: the working desk for cooperation between prosecution offices, and for the council they sit in."""
