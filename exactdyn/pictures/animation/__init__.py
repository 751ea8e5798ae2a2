"""A run as a film: one frame a layer, as GIF, MP4 or a page."""
