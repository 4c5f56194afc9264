"""Array algorithms, one a file: numpy (and contourpy) in, numpy out, no other imports.

Conventions everywhere: boxes are float arrays of shape (n, 4) holding x1, y1, x2, y2 with x to the
right and y down; functions are pure and never write into their arguments.  numpy in the browser has
no BLAS, so matrix products are avoided and loops run over rows of whole-array operations.
"""
