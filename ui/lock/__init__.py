"""Locking the window: when nobody is there, on demand, on sleep, and when the system locks."""
