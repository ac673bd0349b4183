"""Do the pages say what they should, tested without a browser?"""
