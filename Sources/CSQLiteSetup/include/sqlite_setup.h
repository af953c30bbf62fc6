#pragma once

/// Settings of the SQLite library that only C can reach, as they are variadic; before the first connection is opened.
///
/// Memory statistics are off: each allocation would take a lock to count what nobody reads, 3 % of a bulk write.
void sqlite_setup(void);
