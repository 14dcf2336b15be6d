"""Marks the folder that Streamlit serves the network component from; nothing is imported from here."""
