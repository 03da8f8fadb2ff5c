"""The today window: the day, the last weeks, and a table beside each chart."""
