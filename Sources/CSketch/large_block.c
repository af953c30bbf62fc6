#define _GNU_SOURCE
#include "include/large_block.h"
#include <stdlib.h>
#include <string.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

void *large_block_allocate(size_t bytes) {
  size_t page = bytes >= (4u << 20) ? (size_t)2 << 20 : 64;
  void *block = NULL;
  if (posix_memalign(&block, page, bytes < 64 ? 64 : bytes) != 0) return NULL;
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  if (page > 64) madvise(block, bytes, MADV_HUGEPAGE);
#endif
  memset(block, 0, bytes);
  return block;
}

void large_block_free(void *block) { free(block); }
