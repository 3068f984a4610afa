"""One shared record of a child who goes missing."""
