"""Do the pages say what they should, without a browser?"""
