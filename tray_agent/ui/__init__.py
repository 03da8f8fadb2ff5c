"""Windows, each a short-lived process of its own: the agent itself imports no GUI toolkit."""
