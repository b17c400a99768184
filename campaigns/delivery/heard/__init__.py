"""What is reported of letters after they left: kept, understood, counted, in any order."""
