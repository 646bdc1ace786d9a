"""What comes in from other programs, made safe: XML, HTML, MathML, packages; and the way to our trees."""
