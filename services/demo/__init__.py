"""The demonstration: the network that the customer's application describes, grown by the suite itself.

Nothing is written into databases directly. Everything goes through the services' actions, on the days on
which it happened, by people who may do it; services learn of each other by messages only. ``outline.yaml``
says what is shown and where each fact comes from; ``load`` makes it, ``check`` compares what came out.
"""
