"""The public pages of roles. They read publications and nothing else, and know neither session nor cookie."""
