"""Linux mechanisms: X11, D-Bus, systemd."""
