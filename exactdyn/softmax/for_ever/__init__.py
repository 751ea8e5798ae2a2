"""What an enclosure at one time proves of all later times."""
