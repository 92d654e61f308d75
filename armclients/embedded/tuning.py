"""Server settings that fit a shop's one machine, taken afresh at each start."""

import psutil

MEGABYTE = 1024 * 1024


def tuning() -> dict[str, str]:
    """For a few dozen people on an SSD; durable, quiet, and without personal data in the log."""
    memory = psutil.virtual_memory().total // MEGABYTE
    return {
        "max_connections": "100",
        "shared_buffers": f"{min(max(memory // 4, 128), 1024)}MB",
        "effective_cache_size": f"{max(memory // 2, 256)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{min(max(memory // 16, 64), 512)}MB",
        "max_wal_size": "2GB",
        "wal_compression": "on",
        "random_page_cost": "1.1",
        "jit": "off",
        # Statements and the details of errors carry names and phones; the log is no place for them.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_checkpoints": "off",
    }
