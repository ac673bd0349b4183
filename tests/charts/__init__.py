"""Do the charts draw what the questions return?"""
