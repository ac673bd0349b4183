"""Do packs carry what their views show?"""
