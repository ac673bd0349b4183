"""Does what comes before every page let in what it should, and nothing else?"""
