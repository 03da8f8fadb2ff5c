"""The welcome and the safety check, which go through their pages alike."""
