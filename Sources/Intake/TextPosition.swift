#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A place in a file: offset in bytes from 0, line from 1, column in characters from 1.
struct TextPosition {
  var offset = 0
  var line = 1
  var column = 1

  /// Goes on over these bytes. The column counts every byte that does not continue a character.
  mutating func advance(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
    guard count > 0 else { return }
    var from = bytes
    let end = bytes + count
    while from < end, let found = memchr(from, 0x0A, end - from) {
      line += 1
      column = 1
      from = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) + 1
    }
    column += UTF8Check.characters(from, end - from)
    offset += count
  }

  func advanced(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> TextPosition {
    var result = self
    result.advance(bytes, count)
    return result
  }
}
