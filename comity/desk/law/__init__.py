"""Law: which instruments bind two States on a day, who is bound by what, and how it came to be so. Pages over the register, no tables."""
