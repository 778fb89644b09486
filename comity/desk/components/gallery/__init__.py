"""One page with every component in its states, for those who build pages and for the tests of the look."""
