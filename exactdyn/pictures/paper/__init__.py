"""What all pictures share: paper, colours, marks, legends, captions and their places, rendering."""
