"""Changing sources: canonical form and mechanical fixes, as texts. Nothing here touches the disk."""
