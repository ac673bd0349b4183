"""The frame round every page: navigation, filter bar, address, the bar of a tour."""
