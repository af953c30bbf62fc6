internal import CZstandard

/// zstd, for what is written once and seldom read.
enum CompressedBytes {
  /// Nil when the library cannot.
  static func pack(_ plain: UnsafeRawBufferPointer, level: Int32) -> [UInt8]? {
    let bound = ZSTD_compressBound(plain.count)
    var failed = false
    let packed = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      count = ZSTD_compress(buffer.baseAddress, bound, plain.baseAddress, plain.count, level)
      if ZSTD_isError(count) != 0 {
        count = 0
        failed = true
      }
    }
    return failed ? nil : packed
  }

  /// Nil when the bytes are not whole.
  static func unpack(_ packed: [UInt8]) -> [UInt8]? {
    let size = ZSTD_getFrameContentSize(packed, packed.count)
    guard size < 1 << 32 else { return nil }
    var isShort = false
    let plain = [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
      count = ZSTD_decompress(buffer.baseAddress, Int(size), packed, packed.count)
      if count != Int(size) {
        count = 0
        isShort = true
      }
    }
    return isShort ? nil : plain
  }
}
