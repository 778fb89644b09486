"""Correspondence: what waits for which office, what each has received, what is held, and since when somebody has not answered."""
