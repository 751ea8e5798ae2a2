"""All matrices at once: what hardmax attention can do over every A of a class, by exact linear programs."""
