/// Writes the compact records the store keeps in one column: unsigned numbers as LEB128, texts with their length.
package struct PackedWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  package mutating func number(_ value: Int) {
    var rest = UInt64(bitPattern: Int64(value))
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  package mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
    number(text.count)
    bytes.append(contentsOf: text)
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
