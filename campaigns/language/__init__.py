"""Armenian, Georgian, English: catalogues, formats, and how a person is addressed."""
