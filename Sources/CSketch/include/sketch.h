#pragma once
#include <stddef.h>
#include <stdint.h>

#include "large_block.h"

/// Numbers of a sketch. Changing any of them, or a hash, changes stored sketches: change SKETCH_FORM with it, and stored
/// ones are made anew from their texts when the index is loaded.
#define SKETCH_FORM 2
/// Bands of rows over the 3-grams, and the numbers whose lowest bits estimate the similarity.
#define SKETCH_BANDS 20
#define SKETCH_ROWS 3
#define SKETCH_BITS 128
/// The same over the 2-grams of short texts.
#define SKETCH_SHORT_BANDS 16
#define SKETCH_SHORT_ROWS 2
/// Texts from BANDS_FROM scalars have bands, those below SHORT_BELOW short bands. What has half of its 3-grams in common
/// with a text of 23 scalars has at most 44: any two such texts have one of the two kinds in common.
#define SKETCH_BANDS_FROM 24
#define SKETCH_SHORT_BELOW 48
/// Most and fewest fingerprints of a text of at least MARKS_FROM scalars (20 3-grams): one per 24 6-grams.
#define SKETCH_MOST_MARKS 12
#define SKETCH_FEWEST_MARKS 3
#define SKETCH_GRAMS_A_MARK 24
#define SKETCH_MARKS_FROM 22

/// Room for the keys of any text: bands and fingerprints of a long one, or both kinds of bands and a few fingerprints.
#define SKETCH_KEYS 40

/// 64-bit content hash (wyhash-like folded multiplication); not cryptographic.
uint64_t sketch_hash64(const void *bytes, size_t count, uint64_t seed);

/// Hashes of the character n-grams (n = 2 or 3; the whole text when it is shorter) of folded scalars. `grams` has room
/// for max(1, count) values. Returns how many were written; repeated grams are repeated.
size_t sketch_grams(const uint32_t *scalars, size_t count, size_t n, uint64_t *grams);

/// What the store keeps of a text: keys under which it is found, and a mixed bit of each of 128 MinHash numbers, from
/// which the Jaccard similarity is estimated (b-bit minwise hashing with b = 1, Li & König 2010).
///
/// Stored are its first SKETCH_HEAD bytes and the keys there are.
typedef struct {
  uint8_t form;
  /// How many keys of each kind there are; they stand in this order.
  uint8_t bands, shorts, marks;
  uint32_t bits[SKETCH_BITS / 32];
  uint32_t keys[SKETCH_KEYS];
} sketch_t;

#define SKETCH_HEAD 20
_Static_assert(SKETCH_HEAD == offsetof(sketch_t, keys), "the head ends where the keys begin");
_Static_assert(SKETCH_KEYS >= SKETCH_BANDS + SKETCH_SHORT_BANDS + SKETCH_FEWEST_MARKS, "room for both kinds");

/// `grams` is scratch with room for max(1, count) values. The widest vector unit the processor has is chosen at run
/// time: 0.7 us with AVX2, 3 us without, same result.
void sketch_make(const uint32_t *scalars, size_t count, uint64_t *grams, sketch_t *sketch);

/// Asks the processor to fetch a cache line that will be needed soon.
static inline void sketch_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }

/// Name of the variant in use: "avx512", "avx2" or "baseline".
const char *sketch_variant(void);
