"""What each command does to the state: synchronous, over what is loaded, nothing else."""
