"""What `dragoman.pages.text` is made of: lines, cues, features, the trees that score them, and the role rules."""
