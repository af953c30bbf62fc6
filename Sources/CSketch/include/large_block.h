#pragma once
#include <stddef.h>

/// Zeroed memory of `bytes` bytes for tables that are looked at in random order; NULL when there is none left.
/// Asked for in pages of 2 MiB where the system has them: with small ones every look-up also waits for the page tables,
/// which at a million texts costs more than the look-up itself.
void *large_block_allocate(size_t bytes);
/// `bytes` as they were asked for.
void large_block_free(void *block, size_t bytes);
