"""What runs in the browser beside Streamlit's own elements: a component, found by Streamlit under this package's name.

Streamlit looks for `pyproject.toml` in the package that is called like the distribution, wherever that is installed.
"""
