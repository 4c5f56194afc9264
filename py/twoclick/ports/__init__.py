"""What the core asks of the world around it, as protocols."""
