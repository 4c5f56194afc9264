"""What the build needs on this machine: Python packages, Node, a browser."""
