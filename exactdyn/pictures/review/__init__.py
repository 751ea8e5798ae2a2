"""The pictures of one review: a drawing for paper, a page with a slider, and the colours of both."""
