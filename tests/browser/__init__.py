"""Does a person at a browser see what they should?"""
