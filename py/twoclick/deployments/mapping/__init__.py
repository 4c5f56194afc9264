"""How a person says where in an answer of any form its objects are, and how that is read."""
