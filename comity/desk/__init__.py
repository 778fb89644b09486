"""The web desk of one office: Django pages, forms, the API and the durable store behind them."""
