"""Python as the face: one function a question, and what every answer can do for its user."""
