"""The break window: an invitation, a routine played step by step, and what helps with it."""
