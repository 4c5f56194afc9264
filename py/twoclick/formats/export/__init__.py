"""Export: labels of a project into the files of a format, with what is told before and checked
after."""
