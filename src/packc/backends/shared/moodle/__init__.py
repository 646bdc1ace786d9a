"""What GIFT and Moodle XML share: how Moodle's question bank takes texts, names, grades and answers."""
