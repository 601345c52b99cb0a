"""Reading other people's files into Rolebook, and writing our own: one module or package for each format."""
