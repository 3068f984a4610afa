"""What the pages of interviews are written with, beside the tags of web."""
