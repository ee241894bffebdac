"""`make demo`: the whole application on this machine, with articles, accounts and three weeks of work in it.

The work of the invented newsroom is in the folder `life`, as data. `player` performs it step by
step, through the same actions as everybody else, each at its own time.
"""
