"""Tables of numbers as people have them: text with any separator, word vectors, arrays, lists in JSON."""
