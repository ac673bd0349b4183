"""The only package that talks to Streamlit."""
