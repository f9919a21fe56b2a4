"""What the marks of a jury are worth: calibration, reliability, uncertainty, stability (F2, F3, F4, F20).

Marks come in as exact decimals and become floats here and nowhere else: these numbers advise, they are never the
official score of an entry. Nothing is drawn but from a generator whose seed is an argument.
"""
