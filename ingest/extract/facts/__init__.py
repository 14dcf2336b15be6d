"""What the rules on meetings, figures and references share: dates, numbers, titles, addresses."""
