"""What a stranger's file may ask of this machine."""
