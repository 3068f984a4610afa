"""The settings of each way to run: demo, test, production."""
