"""What questions on one country or operation are folded in memory?"""
