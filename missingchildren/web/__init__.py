"""Pages' building blocks: components, form fields, headers, error pages. No words of the casework."""
