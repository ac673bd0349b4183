"""Which views make up a pack, how are their pages read, and how does it become files?"""
