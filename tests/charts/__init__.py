"""Do the charts draw what the questions give?"""
