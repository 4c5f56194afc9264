"""`dist/`: what it is made of, and how it is made and kept up to date."""
