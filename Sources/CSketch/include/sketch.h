#pragma once
#include <stddef.h>
#include <stdint.h>

#include "large_block.h"

/// Numbers in a MinHash sketch, and bands of rows they are grouped into. Changing either changes stored sketches.
#define SKETCH_BANDS 16
#define SKETCH_ROWS 5
#define SKETCH_HASHES (SKETCH_BANDS * SKETCH_ROWS)

/// 64-bit content hash (wyhash-like folded multiplication); not cryptographic.
uint64_t sketch_hash64(const void *bytes, size_t count, uint64_t seed);

/// Hashes of the character n-grams (n = 3; the whole text when it is shorter) of folded scalars. `grams` has room for
/// max(1, count) values. Returns how many were written; repeated grams are repeated.
size_t sketch_grams(const uint32_t *scalars, size_t count, uint64_t *grams);

/// What the store keeps of a text's MinHash: one key per band, and one mixed bit of each of the 80 numbers, from which
/// the Jaccard similarity can be estimated (b-bit minwise hashing with b = 1, Li & König 2010).
typedef struct {
  uint32_t keys[SKETCH_BANDS];
  uint64_t bits[2];
} sketch_t;

/// The widest vector unit the processor has is chosen at run time: 0.5 us with AVX2, 3 us without, same result.
void sketch_make(const uint64_t *grams, size_t count, sketch_t *sketch);

/// Asks the processor to fetch a cache line that will be needed soon.
static inline void sketch_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }

/// Name of the variant in use: "avx512", "avx2" or "baseline".
const char *sketch_variant(void);
