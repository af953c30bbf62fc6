internal import Suggestions

/// The keys of a JSON text's beginning, without its values: enough to tell forms apart, also when the text breaks off.
struct JSONOutline {
  enum Kind { case scalar, array, object }

  var kind: Kind
  var members: [(key: String, value: JSONOutline)] = []
  /// The first elements of an array.
  var elements: [JSONOutline] = []

  static let elementLimit = 20
  private static let depthLimit = 6
  private static let memberLimit = 200

  /// What shows of the value at the start of `bytes`, up to the first fault; nil when there is none.
  static func of(_ bytes: some Collection<UInt8>, limits: IntakeLimits) -> JSONOutline? {
    withScanner(bytes, limits: limits) { scanner in
      scanner.skipSpace()
      guard scanner.cursor < scanner.end else { return nil }
      var outline = JSONOutline(kind: .scalar)
      _ = outline.read(&scanner, depth: 0)
      return outline
    }
  }

  /// A scanner over a padded copy of the bytes.
  static func withScanner<Result>(
    _ bytes: some Collection<UInt8>, limits: IntakeLimits, _ body: (inout JSONScanner) -> Result
  ) -> Result {
    let padded = Array(bytes) + [UInt8](repeating: 0, count: 16)
    let count = padded.count - 16
    let spill = UnsafeMutablePointer<UInt8>.allocate(capacity: count * 3 + 64)
    let seen = UnsafeMutablePointer<JSONScanner.SeenKey>.allocate(
      capacity: limits.depth * limits.fieldsPerRecord + 1)
    defer {
      spill.deallocate()
      seen.deallocate()
    }
    return padded.withUnsafeBufferPointer { buffer in
      // The array has at least its padding.
      var scanner = JSONScanner(
        start: buffer.baseAddress.unsafelyUnwrapped, count: count, spill: spill, spanBase: 0, keys: nil, slots: nil,
        seen: seen, limits: limits)
      return body(&scanner)
    }
  }

  /// False at the first fault; what was read so far stays.
  private mutating func read(_ scanner: inout JSONScanner, depth: Int) -> Bool {
    let first = scanner.cursor.pointee
    guard depth < JSONOutline.depthLimit, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
      kind = first == UInt8(ascii: "{") ? .object : first == UInt8(ascii: "[") ? .array : .scalar
      return scanner.value(depth: depth)
    }
    kind = first == UInt8(ascii: "{") ? .object : .array
    let close = first == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]")
    scanner.cursor += 1
    scanner.skipSpace()
    if scanner.cursor.pointee == close {
      scanner.cursor += 1
      return true
    }
    while true {
      var name = ""
      if kind == .object {
        guard scanner.cursor.pointee == UInt8(ascii: "\""), scanner.string(keeping: true) else { return false }
        name = String(decoding: UnsafeBufferPointer(start: scanner.text, count: scanner.textCount), as: UTF8.self)
        scanner.skipSpace()
        guard scanner.cursor.pointee == UInt8(ascii: ":") else { return false }
        scanner.cursor += 1
        scanner.skipSpace()
      }
      var value = JSONOutline(kind: .scalar)
      let isSound = value.read(&scanner, depth: depth + 1)
      if kind == .object, members.count < JSONOutline.memberLimit { members.append((name, value)) }
      if kind == .array, elements.count < JSONOutline.elementLimit { elements.append(value) }
      guard isSound else { return false }
      scanner.skipSpace()
      if scanner.cursor.pointee == close {
        scanner.cursor += 1
        return true
      }
      guard scanner.cursor.pointee == UInt8(ascii: ",") else { return false }
      scanner.cursor += 1
      scanner.skipSpace()
    }
  }

  /// The value below these keys.
  func value(at steps: some Sequence<String>) -> JSONOutline? {
    var place = self
    for step in steps {
      guard let next = place.members.first(where: { $0.key == step }) else { return nil }
      place = next.value
    }
    return place
  }
}
