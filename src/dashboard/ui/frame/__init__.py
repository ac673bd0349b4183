"""The frame around every page: navigation, filter bar, address, tour bar."""
