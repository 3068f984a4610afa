"""What the canary crawl is made of: a world with a word in everything, a table, a crawler."""
