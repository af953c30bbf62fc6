#pragma once

/// Settings of the SQLite library that only C can reach, as they are variadic; before the first connection is opened.
///
/// Memory statistics are off: each allocation would take a lock to count what nobody reads.
void sqlite_setup(void);
