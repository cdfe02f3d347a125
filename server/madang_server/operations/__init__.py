"""Running the platform: logs, request ids, health, metrics, static files, what is shown when something is missing."""
