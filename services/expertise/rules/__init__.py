"""Rules of contests and expertise: plain Python, facts in, decisions or refusals out (BR-36…BR-62)."""
