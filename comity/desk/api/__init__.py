"""The API of the desk: the same commands and queries as its pages, as JSON under /api/v1, described by OpenAPI."""
