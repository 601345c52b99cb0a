"""What the resources of the API have in common: how a list is asked for, and what an error looks like."""
