"""Does a person using a browser see what they should?"""
