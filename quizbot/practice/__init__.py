"""What happens in a practice session, without a screen: clock and randomness are passed in."""
