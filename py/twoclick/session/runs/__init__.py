"""Runs: planning, doing part by part, taking back, and what the store keeps of them."""
