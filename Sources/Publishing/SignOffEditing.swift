internal import Suggestions

/// What an editor changed in an issue, read for what the sign-off asks of it: how two versions differ, and what is left
/// when a case is erased. Every key stays, in its order: what was written canonically is so again.
package struct SignOffEditing: Sendable, Hashable {
  indirect enum Value: Sendable, Hashable {
    case object([Member])
    case array([Value])
    case text(String)
    /// Numbers, true, false, null, as written.
    case word(String)
  }

  struct Member: Sendable, Hashable {
    var key: String
    var value: Value
  }

  private var root: Value

  /// Nil for what is no JSON object.
  package init?(_ bytes: [UInt8]) {
    var reader = SignOffEditingReader(bytes)
    guard let value = reader.document(), case .object = value else { return nil }
    root = value
  }

  package var bytes: [UInt8] {
    var writer = JSONWriter()
    SignOffEditing.write(root, nil, to: &writer)
    return writer.bytes
  }

  private static func write(_ value: Value, _ key: String?, to writer: inout JSONWriter) {
    switch value {
    case .object(let members): writer.object(key) { for member in members { write(member.value, member.key, to: &$0) } }
    case .array(let values): writer.array(key) { for value in values { write(value, nil, to: &$0) } }
    case .text(let text): writer.field(key, text)
    case .word("true"): writer.field(key, true)
    case .word("false"): writer.field(key, false)
    case .word(let word): if let number = Int(word) { writer.field(key, number) } else { writer.null(key) }
    }
  }

  // MARK: Erasure

  /// Cases it has words for in place of their own.
  package var rewritten: [Int] {
    guard case .object(let members) = root, let rewrites = members.first(where: { $0.key == "rewrites" }),
      case .object(let cases) = rewrites.value
    else { return [] }
    return cases.compactMap { Int($0.key) }
  }

  /// Drops what was written in place of the words of these cases.
  package mutating func forget(_ cases: Set<Int>) {
    guard case .object(var members) = root, let place = members.firstIndex(where: { $0.key == "rewrites" }),
      case .object(let rewrites) = members[place].value
    else { return }
    members[place].value = .object(rewrites.filter { Int($0.key).map { !cases.contains($0) } ?? true })
    root = .object(members)
  }

  // MARK: Differences

  package struct Difference: Sendable, Hashable {
    /// Keys from the top, such as `rewrites 12 title` or `pins`.
    package var path: String
    /// Nil where there was nothing.
    package var before: String?
    package var after: String?

    package init(path: String, before: String?, after: String?) {
      self.path = path
      self.before = before
      self.after = after
    }
  }

  /// What is otherwise in a later version, by path.
  package func differences(to later: SignOffEditing) -> [Difference] {
    let (before, after) = (leaves, later.leaves)
    return Set(before.keys).union(after.keys).sorted().compactMap { path in
      before[path] == after[path] ? nil : Difference(path: path, before: before[path], after: after[path])
    }
  }

  /// Lists of numbers in one line, as their order is what they say. What is null is not there.
  private var leaves: [String: String] {
    var found: [String: String] = [:]
    SignOffEditing.collect(root, "", into: &found)
    return found
  }

  private static func collect(_ value: Value, _ path: String, into found: inout [String: String]) {
    func below(_ key: String) -> String { path.isEmpty ? key : path + " " + key }
    switch value {
    case .object(let members): for member in members { collect(member.value, below(member.key), into: &found) }
    case .array(let values):
      let words = values.compactMap { value in if case .word(let word) = value { word } else { nil } }
      if words.count == values.count {
        if !words.isEmpty { found[path] = words.joined(separator: " ") }
      } else {
        for (index, value) in values.enumerated() { collect(value, below(String(index + 1)), into: &found) }
      }
    case .text(let text): found[path] = text
    case .word("null"): break
    case .word(let word): found[path] = word
    }
  }
}

/// JSON with its members in their order. Refuses what is nested deeper than any editing is.
struct SignOffEditingReader {
  private let bytes: [UInt8]
  private var place = 0
  private static let deepest = 16

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() -> SignOffEditing.Value? {
    guard let value = value(0) else { return nil }
    skip()
    return place == bytes.count ? value : nil
  }

  private mutating func skip() {
    while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
  }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    skip()
    guard place < bytes.count, bytes[place] == UInt8(ascii: byte) else { return false }
    place += 1
    return true
  }

  private mutating func value(_ depth: Int) -> SignOffEditing.Value? {
    guard depth <= SignOffEditingReader.deepest else { return nil }
    if take("{") { return members(depth) }
    if take("[") { return elements(depth) }
    if place < bytes.count, bytes[place] == UInt8(ascii: "\"") { return text().map(SignOffEditing.Value.text) }
    return word()
  }

  private mutating func members(_ depth: Int) -> SignOffEditing.Value? {
    var members: [SignOffEditing.Member] = []
    if take("}") { return .object([]) }
    repeat {
      skip()
      guard let key = text(), !members.contains(where: { $0.key == key }), take(":"), let value = value(depth + 1)
      else { return nil }
      members.append(SignOffEditing.Member(key: key, value: value))
    } while take(",")
    return take("}") ? .object(members) : nil
  }

  private mutating func elements(_ depth: Int) -> SignOffEditing.Value? {
    var values: [SignOffEditing.Value] = []
    if take("]") { return .array([]) }
    repeat {
      guard let value = value(depth + 1) else { return nil }
      values.append(value)
    } while take(",")
    return take("]") ? .array(values) : nil
  }

  /// Whole numbers, true, false and null: an editing holds nothing else.
  private mutating func word() -> SignOffEditing.Value? {
    let start = place
    while place < bytes.count, 0x30...0x39 ~= bytes[place] || 0x61...0x7A ~= bytes[place] || bytes[place] == 0x2D {
      place += 1
    }
    let word = String(decoding: bytes[start..<place], as: UTF8.self)
    return Int(word).map(String.init) == word || ["true", "false", "null"].contains(word) ? .word(word) : nil
  }

  private mutating func text() -> String? {
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return nil }
    place += 1
    var found: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(validating: found, as: UTF8.self)
      case UInt8(ascii: "\\"): 
        guard let more = escaped() else { return nil }
        found += more
      case 0..<0x20: return nil
      default: found.append(byte)
      }
    }
    return nil
  }

  private mutating func escaped() -> [UInt8]? {
    guard place < bytes.count else { return nil }
    let byte = bytes[place]
    place += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "u"): return scalar().map { Array(String($0).utf8) }
    default: return nil
    }
  }

  private mutating func unit() -> UInt32? {
    guard place + 4 <= bytes.count, let digits = String(validating: bytes[place..<place + 4], as: UTF8.self),
      digits.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") })
    else { return nil }
    place += 4
    return UInt32(digits, radix: 16)
  }

  private mutating func scalar() -> Unicode.Scalar? {
    guard let first = unit() else { return nil }
    guard 0xD800...0xDBFF ~= first else { return Unicode.Scalar(first) }
    guard place + 2 <= bytes.count, bytes[place] == UInt8(ascii: "\\"), bytes[place + 1] == UInt8(ascii: "u") else {
      return nil
    }
    place += 2
    guard let second = unit(), 0xDC00...0xDFFF ~= second else { return nil }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }
}
