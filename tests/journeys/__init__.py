"""What people do, in a real browser, against a whole Madang with the Seoul demo."""
