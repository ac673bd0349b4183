"""How is a page read without a browser, for a pack?"""
