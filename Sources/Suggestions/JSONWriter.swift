/// Writes JSON with keys in the order given: documented shapes stay stable, and equal content gives equal bytes.
package struct JSONWriter: Sendable {
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false
  /// Two spaces a level and a line for each value, for files people read; nil for none.
  private var depth: Int?

  package init(indented: Bool = false) { depth = indented ? 0 : nil }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  package mutating func object(_ key: String? = nil, _ content: (inout JSONWriter) -> Void) {
    enclose(key, UInt8(ascii: "{"), UInt8(ascii: "}"), content)
  }

  package mutating func array(_ key: String? = nil, _ content: (inout JSONWriter) -> Void) {
    enclose(key, UInt8(ascii: "["), UInt8(ascii: "]"), content)
  }

  package mutating func field(_ key: String? = nil, _ value: String) {
    start(key)
    quote(value)
  }

  package mutating func field(_ key: String? = nil, _ value: String?) {
    guard let value else { return null(key) }
    field(key, value)
  }

  package mutating func field(_ key: String? = nil, _ value: some BinaryInteger) {
    start(key)
    bytes.append(contentsOf: String(value).utf8)
  }

  package mutating func field(_ key: String? = nil, _ value: Bool) {
    start(key)
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  /// A number with a fixed count of decimals, so that equal values print alike everywhere.
  package mutating func field(_ key: String? = nil, _ value: Double, decimals: Int) {
    start(key)
    let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
    guard value.isFinite, abs(value * scale) < 9e15 else {
      bytes.append(contentsOf: "null".utf8)
      return
    }
    let scaled = Int64((value * scale).rounded())
    let digits = String(abs(scaled))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let whole = padded.dropLast(decimals)
    let text = decimals == 0 ? String(whole) : "\(whole).\(padded.suffix(decimals))"
    bytes.append(contentsOf: ((scaled < 0 ? "-" : "") + text).utf8)
  }

  package mutating func null(_ key: String? = nil) {
    start(key)
    bytes.append(contentsOf: "null".utf8)
  }

  /// Ends a document or a line of JSON Lines.
  package mutating func newline() {
    bytes.append(0x0A)
    needsComma = false
  }

  private mutating func enclose(_ key: String?, _ open: UInt8, _ close: UInt8, _ content: (inout JSONWriter) -> Void) {
    start(key)
    bytes.append(open)
    needsComma = false
    depth = depth.map { $0 + 1 }
    content(&self)
    depth = depth.map { $0 - 1 }
    if needsComma { indent() }
    bytes.append(close)
    needsComma = true
  }

  private mutating func indent() {
    guard let depth, !bytes.isEmpty else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: depth * 2))
  }

  private mutating func start(_ key: String?) {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
    if bytes.last != 0x0A { indent() }
    guard let key else { return }
    quote(key)
    bytes.append(UInt8(ascii: ":"))
    if depth != nil { bytes.append(0x20) }
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x0A: bytes.append(contentsOf: "\\n".utf8)
      case 0x0D: bytes.append(contentsOf: "\\r".utf8)
      case 0x09: bytes.append(contentsOf: "\\t".utf8)
      case 0..<0x20, 0x7F:
        bytes.append(contentsOf: "\\u00".utf8)
        let digits = String(byte, radix: 16)
        bytes.append(contentsOf: (digits.count < 2 ? "0" + digits : digits).utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
