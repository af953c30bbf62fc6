/// The element names of an XML text's beginning; reads on over faults as best it can, as it only has to tell forms
/// apart.
struct XMLOutline {
  private struct Element {
    var path: [String]
    var attributes: [String]
    var parent: Int
  }

  private var elements: [Element] = []
  private static let elementLimit = 4000
  private static let depthLimit = 16

  var root: String? { elements.first?.path.first }
  var hasInnerElements: Bool { elements.count > 1 }

  /// Where elements stand that hold something, the most frequent first; the document's order among equals.
  var places: [(path: [String], count: Int)] {
    let parents = Set(elements.map(\.parent))
    var places: [(path: [String], count: Int)] = []
    for (index, element) in elements.enumerated() where parents.contains(index) || !element.attributes.isEmpty {
      if let known = places.firstIndex(where: { $0.path == element.path }) {
        places[known].count += 1
      } else if places.count < 64 {
        places.append((element.path, 1))
      }
    }
    return places.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(\.element)
  }

  init(_ bytes: [UInt8]) {
    var open: [Int] = []
    var at = 0
    while at < bytes.count, elements.count < XMLOutline.elementLimit {
      guard let found = bytes[at...].firstIndex(of: UInt8(ascii: "<")), found + 1 < bytes.count else { return }
      at = found + 1
      switch bytes[at] {
      case UInt8(ascii: "?"): at = XMLOutline.behind("?>", bytes, at)
      case UInt8(ascii: "!"):
        if bytes[at...].starts(with: "!--".utf8) {
          at = XMLOutline.behind("-->", bytes, at)
        } else if bytes[at...].starts(with: "![CDATA[".utf8) {
          at = XMLOutline.behind("]]>", bytes, at)
        } else {
          // A document type: its files are refused, but known for what they would have been.
          at = XMLOutline.behindDocumentType(bytes, at)
        }
      case UInt8(ascii: "/"):
        if !open.isEmpty { open.removeLast() }
        at = XMLOutline.behind(">", bytes, at)
      default:
        guard let tag = XMLOutline.tag(bytes, at) else { return }
        at = tag.end
        let path = (open.last.map { elements[$0].path } ?? []) + [tag.name]
        if path.count > XMLOutline.depthLimit { return }
        elements.append(Element(path: path, attributes: tag.attributes, parent: open.last ?? -1))
        if !tag.isEmpty { open.append(elements.count - 1) }
      }
    }
  }

  private static func behind(_ mark: String, _ bytes: [UInt8], _ from: Int) -> Int {
    let mark = Array(mark.utf8)
    var at = from
    while at + mark.count <= bytes.count {
      if bytes[at..<(at + mark.count)].elementsEqual(mark) { return at + mark.count }
      at += 1
    }
    return bytes.count
  }

  private static func behindDocumentType(_ bytes: [UInt8], _ from: Int) -> Int {
    var at = from
    var brackets = 0
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "["): brackets += 1
      case UInt8(ascii: "]"): brackets -= 1
      case UInt8(ascii: ">") where brackets <= 0: return at + 1
      default: break
      }
      at += 1
    }
    return at
  }

  /// A start tag from behind its `<`.
  private static func tag(
    _ bytes: [UInt8], _ from: Int
  ) -> (name: String, attributes: [String], isEmpty: Bool, end: Int)? {
    func isEnd(_ byte: UInt8) -> Bool {
      byte <= 0x20 || byte == UInt8(ascii: "=") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
    }
    var at = from
    var names: [String] = []
    var last: UInt8 = 0
    while at < bytes.count, names.count < 64 {
      let byte = bytes[at]
      if byte == UInt8(ascii: ">") {
        guard let name = names.first else { return nil }
        return (name, Array(names.dropFirst()), last == UInt8(ascii: "/"), at + 1)
      }
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        guard let close = bytes[(at + 1)...].firstIndex(of: byte) else { return nil }
        at = close + 1
      } else if isEnd(byte) {
        at += 1
      } else {
        let end = bytes[at...].firstIndex(where: isEnd) ?? bytes.count
        let name = String(decoding: bytes[at..<min(end, at + 256)], as: UTF8.self)
        if !name.hasPrefix("xmlns") { names.append(name.split(separator: ":").last.map(String.init) ?? name) }
        at = end
      }
      last = byte
    }
    return nil
  }

  /// The first records at a place, each with the paths of what it holds.
  func records(_ place: [String]) -> [FormatDetection.Names] {
    var names: [Int: FormatDetection.Names] = [:]
    var order: [Int] = []
    for (index, element) in elements.enumerated() {
      guard element.path.count >= place.count, zip(place, element.path).allSatisfy({ $0 == "*" || $0 == $1 })
      else { continue }
      let below = element.path.dropFirst(place.count)
      if below.isEmpty {
        if order.count == JSONOutline.elementLimit { break }
        order.append(index)
        names[index] = Set(element.attributes.map { "@" + $0 })
        continue
      }
      guard let record = order.last else { continue }
      let path = below.joined(separator: "/")
      names[record]?.insert(path)
      for attribute in element.attributes { names[record]?.insert(path + "/@" + attribute) }
    }
    return order.compactMap { names[$0] }
  }
}
