"""The pages of matters: thin functions from a request to a page, that write only through `comity.node.commands`."""
