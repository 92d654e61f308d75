"""What stands on print forms, as data; how it looks stands in templates/print."""
