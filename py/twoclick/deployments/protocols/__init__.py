"""The protocols, one a file; `catalog` lists them."""
