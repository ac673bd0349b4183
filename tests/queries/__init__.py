"""Do the questions give the right rows?"""
