"""What `dragoman.pages.text` is made of: lines, their cues and features, the trees that score them, and the role rules."""
