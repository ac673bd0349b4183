"""Which questions about one country or operation are folded in memory?"""
