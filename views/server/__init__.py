"""What stands before Streamlit's own server: the first answer to a browser, made for a quick first picture."""
