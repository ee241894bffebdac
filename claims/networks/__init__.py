"""What the learned parts share: the word pieces, running a network, and writing a fitted one. Knows no Django.

The splitter and the matcher each have their own network; both began as MiniLM and read the same word pieces.
"""
