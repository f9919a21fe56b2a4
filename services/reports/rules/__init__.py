"""What the numbers of the network mean: formulas, periods, rounding, lineage. Plain Python."""
