//! Clients on the command line.
