/// Finds where a JSON value ends, across chunks, by its brackets and quotes alone; whether it is JSON is for the
/// scanner to say. Each byte is looked at once.
struct JSONValueBounds {
  private enum Kind { case string, container, scalar }

  private let kind: Kind
  private var depth = 0
  private var isInString = false
  private var isEscaped = false

  /// - Parameter first: the value's first byte, which is to be scanned as well.
  init(first: UInt8) {
    kind =
      switch first {
      case UInt8(ascii: "\""): .string
      case UInt8(ascii: "{"), UInt8(ascii: "["): .container
      default: .scalar
      }
  }

  /// Index behind the value's last byte, or nil when it goes on behind these bytes.
  mutating func end(_ bytes: UnsafePointer<UInt8>, _ from: Int, _ to: Int) -> Int? {
    var at = from
    if kind == .scalar {
      while at < to {
        switch bytes[at] {
        case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"): return at
        default: at += 1
        }
      }
      return nil
    }
    while at < to {
      if isEscaped {
        isEscaped = false
        at += 1
        continue
      }
      if isInString {
        at = JSONValueBounds.stringStop(bytes, at, to)
        if at == to { return nil }
        if bytes[at] == UInt8(ascii: "\\") {
          if at + 1 < to {
            at += 2
            continue
          }
          isEscaped = true
        } else if bytes[at] == UInt8(ascii: "\"") {
          isInString = false
          if kind == .string { return at + 1 }
        }
        at += 1
        continue
      }
      switch bytes[at] {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return at + 1 }
      default: break
      }
      at += 1
    }
    return nil
  }

  /// The next quote or backslash, or `to`.
  @inline(__always)
  private static func stringStop(_ bytes: UnsafePointer<UInt8>, _ from: Int, _ to: Int) -> Int {
    var at = from
    while at + 8 <= to {
      let word = UnsafeRawPointer(bytes + at).loadUnaligned(as: UInt64.self)
      let quote = word ^ 0x2222_2222_2222_2222
      let slash = word ^ 0x5C5C_5C5C_5C5C_5C5C
      let found =
        (((quote &- 0x0101_0101_0101_0101) & ~quote) | ((slash &- 0x0101_0101_0101_0101) & ~slash))
        & 0x8080_8080_8080_8080
      if found != 0 { return at + found.trailingZeroBitCount >> 3 }
      at += 8
    }
    while at < to, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") { at += 1 }
    return at
  }
}
