"""The pages and the server that shows them: the only part of the dashboard that uses Streamlit."""
