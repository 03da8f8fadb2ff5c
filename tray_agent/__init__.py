"""Tray Agent: estimates how long a person has been sitting and asks, kindly, for a break."""

__version__ = "0.1.0"
