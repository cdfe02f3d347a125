"""What people can do, one verb a function, one module per subject. Each verb that writes is one transaction."""
