"""Do image, containers and release hold what the program needs?"""
