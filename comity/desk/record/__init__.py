"""The durable store of one office: the journal and the exchange in one database, SQLite or PostgreSQL. The truth of the desk."""
