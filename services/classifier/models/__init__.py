"""Trained weights, each beside its card: what it was trained on, by which script, and how well it does. No code."""
