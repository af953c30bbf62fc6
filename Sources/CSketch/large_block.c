#include "include/large_block.h"
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

// Smaller blocks come from the heap: a mapping of their own costs more than it saves.
static const size_t mapped = 1u << 20;

// Mapped memory comes zeroed from the system page by page as it is touched; clearing it here would do that twice.
void *large_block_allocate(size_t bytes) {
  if (bytes < mapped) return calloc(bytes < 64 ? 64 : bytes, 1);
  void *block = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
  if (block == MAP_FAILED) return NULL;
#ifdef MADV_HUGEPAGE
  madvise(block, bytes, MADV_HUGEPAGE);
#endif
  return block;
}

void large_block_free(void *block, size_t bytes) {
  if (bytes < mapped) free(block);
  else munmap(block, bytes);
}
