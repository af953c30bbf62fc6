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

size_t sketch_grams(const uint32_t *c, size_t count, uint64_t *grams) {
  if (count < 3) {
    grams[0] = sketch_hash64(c, 4 * count, 0);
    return 1;
  }
  for (size_t i = 0; i + 2 < count; i++)
    grams[i] = mix(((uint64_t)c[i] | (uint64_t)c[i + 1] << 21 | (uint64_t)c[i + 2] << 42) ^ 0x9E3779B97F4A7C15ull,
                   0xD6E8FEB86659FD93ull);
  return count - 2;
}

// Padded to a multiple of 32 lanes, so that every variant runs whole vectors.
#define LANES ((SKETCH_HASHES + 31) / 32 * 32)
static uint32_t multiplier[LANES] __attribute__((aligned(64)));
static uint32_t increment[LANES] __attribute__((aligned(64)));

__attribute__((constructor)) static void fill(void) {
  uint64_t s = 42;
  for (int i = 0; i < LANES; i++) {
    s = mix(s + 0x9E3779B97F4A7C15ull, 0xBF58476D1CE4E5B9ull);
    multiplier[i] = (uint32_t)s | 1;
    increment[i] = (uint32_t)(s >> 32);
  }
}

// One body, compiled per vector width; 32 lanes stay in registers while the grams stream by.
#define MINHASH(NAME, TARGET)                                                                  \
  TARGET static void NAME(const uint64_t *grams, size_t count, uint32_t *sketch) {             \
    for (int j = 0; j < LANES; j += 32) {                                                      \
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

void sketch_make(const uint64_t *grams, size_t count, sketch_t *result) {
  uint32_t sketch[LANES];
#if defined(__x86_64__)
  int v = variant();
  if (v == 2) minhash_avx512(grams, count, sketch);
  else if (v == 1) minhash_avx2(grams, count, sketch);
  else minhash_baseline(grams, count, sketch);
#else
  minhash_baseline(grams, count, sketch);
#endif
  for (int b = 0; b < SKETCH_BANDS; b++) {
    uint64_t h = (uint64_t)b * 0x9E3779B97F4A7C15ull + 1;
    for (int r = 0; r < SKETCH_ROWS; r++) h = mix(h ^ sketch[b * SKETCH_ROWS + r], 0xD6E8FEB86659FD93ull);
    result->keys[b] = (uint32_t)(h >> 32);
  }
  result->bits[0] = result->bits[1] = 0;
  // The lowest bit of a minimum is biased towards nothing only after mixing: the minimum itself is always small.
  for (int i = 0; i < SKETCH_HASHES; i++)
    result->bits[i >> 6] |= (uint64_t)((sketch[i] * 0x9E3779B1u) >> 31) << (i & 63);
}
