"""What of several a statement speaks of: which period, which place in an order, which rank. Two of them do not contradict each other."""
