"""Windows mechanisms: window messages, the registry, COM, named pipes."""
