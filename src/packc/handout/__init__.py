"""What a handout shows: a pack as views, before it becomes HTML or a PDF."""
