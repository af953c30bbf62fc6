internal import CZlib

/// gzip (RFC 1952), which every browser takes: pages shrink to a seventh. All at once, as a page is whole before it is
/// sent; a quarter of a megabyte of working memory while it lasts, none afterwards.
enum GzippedBytes {
  /// - Parameter level: 1, fast, to 9, small.
  /// - Returns: nil when the library cannot.
  static func pack(_ plain: [UInt8], level: Int32) -> [UInt8]? {
    var stream = z_stream()
    // 15 bits of window are the most there is, 16 more ask for gzip instead of zlib's own frame; 8 is the usual memory.
    guard
      deflateInit2_(
        &stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    let bound = Int(deflateBound(&stream, UInt(plain.count)))
    var isWhole = false
    let packed = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      plain.withUnsafeBufferPointer { bytes in
        // Read only, though the library's type does not say so.
        stream.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        stream.avail_in = UInt32(plain.count)
        stream.next_out = buffer.baseAddress
        stream.avail_out = UInt32(bound)
        isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END
      }
      count = isWhole ? Int(stream.total_out) : 0
    }
    return isWhole ? packed : nil
  }
}
