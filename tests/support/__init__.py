"""What tests of pages lean on."""
