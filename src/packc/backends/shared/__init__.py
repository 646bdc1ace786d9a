"""What several targets share. This folder is no target: the registry passes it over."""
