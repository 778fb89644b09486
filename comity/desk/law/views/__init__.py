"""The views of Law, a module a page; each ends with the `addresses` it answers at."""
