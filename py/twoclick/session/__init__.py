"""What happens while a person works: commands in, events out.  Standard library only."""
