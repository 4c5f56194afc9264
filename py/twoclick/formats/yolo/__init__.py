"""What the YOLO formats share: rows of text, folders of files, names, and how the two are read."""
