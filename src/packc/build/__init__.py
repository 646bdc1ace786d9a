"""From a plan through jobs to published artefacts. The only room that writes to the disk."""
