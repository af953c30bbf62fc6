internal import CSketch

/// A fast 64-bit hash of bytes; for tables and caches, never for identity that must withstand an adversary.
package enum TextHash {
  package static func of(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
    sketch_hash64(bytes.baseAddress, bytes.count, seed)
  }

  package static func of(_ bytes: RawSpan, seed: UInt64 = 0) -> UInt64 {
    bytes.withUnsafeBytes { sketch_hash64($0.baseAddress, $0.count, seed) }
  }

  package static func of(_ scalars: UnsafeBufferPointer<UInt32>, seed: UInt64 = 0) -> UInt64 {
    sketch_hash64(scalars.baseAddress, scalars.count * 4, seed)
  }
}
