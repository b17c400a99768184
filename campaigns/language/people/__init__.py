"""People: their names as spreadsheets write them, read into what a letter may say."""
