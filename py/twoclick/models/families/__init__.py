"""One file a model family: recognises its files, plans their input, decodes their answers."""
