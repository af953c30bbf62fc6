#include "include/sketch.h"
#include <string.h>

static inline uint64_t mix(uint64_t a, uint64_t b) {
  __uint128_t m = (__uint128_t)a * b;
  return (uint64_t)m ^ (uint64_t)(m >> 64);
}

uint64_t sketch_hash64(const void *bytes, size_t count, uint64_t seed) {
  const unsigned char *p = bytes;
  uint64_t h = seed ^ 0x9E3779B97F4A7C15ull ^ count, a, b;
  while (count >= 16) {
    memcpy(&a, p, 8);
    memcpy(&b, p + 8, 8);
    h = mix(a ^ h, b ^ 0xA0761D6478BD642Full);
    p += 16;
    count -= 16;
  }
  a = b = 0;
  if (count >= 8) {
    memcpy(&a, p, 8);
    memcpy(&b, p + count - 8, 8);
  } else if (count) {
    memcpy(&a, p, count);
  }
  return mix(mix(a ^ h, b ^ 0xE7037ED1A0B428DBull), 0x8EBC6AF09C88C6E3ull);
}

static const uint64_t salt = 0x9E3779B97F4A7C15ull, factor = 0xD6E8FEB86659FD93ull;

size_t sketch_grams(const uint32_t *c, size_t count, size_t n, uint64_t *grams) {
  if (count < n) {
    grams[0] = sketch_hash64(c, 4 * count, 0);
    return 1;
  }
  if (n == 2) {
    for (size_t i = 0; i + 1 < count; i++)
      grams[i] = mix(((uint64_t)c[i] | (uint64_t)c[i + 1] << 21) ^ salt, factor);
    return count - 1;
  }
  for (size_t i = 0; i + 2 < count; i++)
    grams[i] = mix(((uint64_t)c[i] | (uint64_t)c[i + 1] << 21 | (uint64_t)c[i + 2] << 42) ^ salt, factor);
  return count - 2;
}

// Whole vectors of 32 lanes; short texts need the first of them only.
#define LANES SKETCH_BITS
static uint32_t multiplier[LANES] __attribute__((aligned(64)));
static uint32_t increment[LANES] __attribute__((aligned(64)));

__attribute__((constructor)) static void fill(void) {
  uint64_t s = 42;
  for (int i = 0; i < LANES; i++) {
    s = mix(s + salt, 0xBF58476D1CE4E5B9ull);
    multiplier[i] = (uint32_t)s | 1;
    increment[i] = (uint32_t)(s >> 32);
  }
}

// One body, compiled per vector width; 32 lanes stay in registers while the grams stream by.
#define MINHASH(NAME, TARGET)                                                                  \
  TARGET static void NAME(const uint64_t *grams, size_t count, int lanes, uint32_t *sketch) {  \
    for (int j = 0; j < lanes; j += 32) {                                                      \
      uint32_t least[32];                                                                      \
      for (int k = 0; k < 32; k++) least[k] = UINT32_MAX;                                      \
      for (size_t i = 0; i < count; i++) {                                                     \
        uint32_t h = (uint32_t)(grams[i] >> 32);                                               \
        for (int k = 0; k < 32; k++) {                                                         \
          uint32_t v = h * multiplier[j + k] + increment[j + k];                               \
          least[k] = v < least[k] ? v : least[k];                                              \
        }                                                                                      \
      }                                                                                        \
      memcpy(sketch + j, least, sizeof least);                                                 \
    }                                                                                          \
  }

MINHASH(minhash_baseline, )
#if defined(__x86_64__)
MINHASH(minhash_avx2, __attribute__((target("avx2"))))
MINHASH(minhash_avx512, __attribute__((target("avx512f,avx512bw,avx512vl"))))
#endif

static int variant(void) {
#if defined(__x86_64__)
  static int known = -1;
  if (known < 0) known = __builtin_cpu_supports("avx512bw") ? 2 : __builtin_cpu_supports("avx2") ? 1 : 0;
  return known;
#else
  return 0;
#endif
}

const char *sketch_variant(void) {
  int v = variant();
  return v == 2 ? "avx512" : v == 1 ? "avx2" : "baseline";
}

static void minhash(const uint64_t *grams, size_t count, int lanes, uint32_t *sketch) {
#if defined(__x86_64__)
  int v = variant();
  if (v == 2) return minhash_avx512(grams, count, lanes, sketch);
  if (v == 1) return minhash_avx2(grams, count, lanes, sketch);
#endif
  minhash_baseline(grams, count, lanes, sketch);
}

// `first` numbers the bands through both kinds, so that a key is of one kind.
static void band_keys(const uint32_t *least, int bands, int rows, int first, uint32_t *keys) {
  for (int b = 0; b < bands; b++) {
    uint64_t h = (uint64_t)(first + b) * salt + 1;
    for (int r = 0; r < rows; r++) h = mix(h ^ least[b * rows + r], factor);
    keys[b] = (uint32_t)(h >> 32);
  }
}

// The smallest hashes of a text's 6-grams, each two 3-grams; a quoted passage has its smallest in common with the text
// that quotes it unless that has as many smaller ones elsewhere. Broder 1997 calls them a sketch of containment.
static int mark_keys(const uint64_t *grams, size_t count, uint32_t *keys) {
  size_t sixes = count - 3, wanted = (sixes + SKETCH_GRAMS_A_MARK - 1) / SKETCH_GRAMS_A_MARK;
  if (wanted < SKETCH_FEWEST_MARKS) wanted = SKETCH_FEWEST_MARKS;
  if (wanted > SKETCH_MOST_MARKS) wanted = SKETCH_MOST_MARKS;
  uint32_t least[SKETCH_MOST_MARKS + 1];
  size_t found = 0;
  for (size_t i = 0; i < sixes; i++) {
    uint64_t next = grams[i + 3];
    uint32_t h = (uint32_t)(((grams[i] ^ (next << 29 | next >> 35)) * factor) >> 32);
    if (found == wanted && h >= least[found - 1]) continue;
    size_t at = found;
    while (at > 0 && least[at - 1] > h) at--;
    if (at > 0 && least[at - 1] == h) continue;
    memmove(least + at + 1, least + at, (found - at) * sizeof *least);
    least[at] = h;
    if (found < wanted) found++;
  }
  // Small numbers would all lie at the beginning of the table.
  for (size_t i = 0; i < found; i++) keys[i] = least[i] * 0x9E3779B1u + 0x7F4A7C15u;
  return (int)found;
}

void sketch_make(const uint32_t *scalars, size_t count, uint64_t *grams, sketch_t *result) {
  uint32_t least[LANES];
  memset(result, 0, sizeof *result);
  result->form = SKETCH_FORM;
  uint32_t *keys = result->keys;
  if (count < SKETCH_SHORT_BELOW) {
    size_t pairs = sketch_grams(scalars, count, 2, grams);
    minhash(grams, pairs, SKETCH_SHORT_BANDS * SKETCH_SHORT_ROWS, least);
    result->shorts = SKETCH_SHORT_BANDS;
    int before = count < SKETCH_BANDS_FROM ? 0 : SKETCH_BANDS;
    band_keys(least, SKETCH_SHORT_BANDS, SKETCH_SHORT_ROWS, SKETCH_BANDS, keys + before);
  }
  size_t triples = count < SKETCH_MARKS_FROM ? 0 : sketch_grams(scalars, count, 3, grams);
  if (count >= SKETCH_BANDS_FROM) {
    minhash(grams, triples, LANES, least);
    result->bands = SKETCH_BANDS;
    band_keys(least, SKETCH_BANDS, SKETCH_ROWS, 0, keys);
    // The lowest bit of a minimum is biased towards nothing only after mixing: the minimum itself is always small.
    for (int w = 0; w < SKETCH_BITS / 32; w++) {
      uint32_t word = 0;
      for (int i = 0; i < 32; i++) word |= ((least[w * 32 + i] * 0x9E3779B1u) >> 31) << i;
      result->bits[w] = word;
    }
  }
  if (triples) result->marks = (uint8_t)mark_keys(grams, triples, keys + result->bands + result->shorts);
}
