/// Writes the compact records the store keeps in one column: unsigned numbers as LEB128, texts with their length.
///
/// One growing block that is written over again and again, so that a record costs no allocation.
package struct PackedWriter: ~Copyable {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  package private(set) var count = 0

  package init(capacity: Int = 256) {
    self.capacity = max(64, capacity)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  package mutating func removeAll() { count = 0 }

  /// What was written; valid until the next write.
  package var view: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  package var bytes: [UInt8] { Array(view) }

  private mutating func reserve(_ extra: Int) {
    guard count + extra > capacity else { return }
    capacity = max(capacity * 2, count + extra)
    let bigger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    bigger.update(from: base, count: count)
    base.deallocate()
    base = bigger
  }

  package mutating func number(_ value: Int) {
    reserve(10)
    var rest = UInt64(bitPattern: Int64(value))
    while rest >= 0x80 {
      base[count] = UInt8(truncatingIfNeeded: rest) | 0x80
      count += 1
      rest >>= 7
    }
    base[count] = UInt8(truncatingIfNeeded: rest)
    count += 1
  }

  package mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
    number(text.count)
    append(UnsafeRawBufferPointer(text))
  }

  /// Bytes whose number is known from elsewhere.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    reserve(bytes.count)
    UnsafeMutableRawPointer(base + count).copyMemory(from: start, byteCount: bytes.count)
    count += bytes.count
  }
}

/// Reads what ``PackedWriter`` wrote; nil at the end or on a malformed record, never a trap.
package struct PackedReader {
  private let bytes: [UInt8]
  private var index = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package var isAtEnd: Bool { index >= bytes.count }

  package mutating func number() -> Int? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while index < bytes.count, shift < 64 {
      let byte = bytes[index]
      index += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return Int(Int64(bitPattern: value)) }
      shift += 7
    }
    return nil
  }

  package mutating func text() -> [UInt8]? {
    guard let count = number(), count >= 0, count <= bytes.count - index else { return nil }
    defer { index += count }
    return Array(bytes[index..<index + count])
  }
}
