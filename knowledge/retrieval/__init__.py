"""A question → ranked passages with a calibrated confidence, over one snapshot of the library."""
