"""Matters: the views of the journal that lists and pages read, and the pages on which a matter is read, drafted, approved and sealed."""
