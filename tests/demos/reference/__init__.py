"""What PyTorch computes, as JSON, and the script that writes it."""
