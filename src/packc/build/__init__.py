"""Everything that touches the disk: archives, staging, publishing."""
