"""The settings window: a control for each kind of value."""
