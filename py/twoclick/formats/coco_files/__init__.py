"""What the two COCO formats, annotations and results, are made of."""
