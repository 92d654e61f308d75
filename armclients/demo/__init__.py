"""The demo shop, written as the files that `import_data` reads."""
