"""Import that forgives and never guesses silently (BR-07, SC-13): columns, values, likeness, the batch."""
