"""What customers say: testimonials, asked for, read, published and withdrawn."""
