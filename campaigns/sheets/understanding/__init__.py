"""What a grid is: where its table stands, what its rows are, what each column means. Decisions alone."""
