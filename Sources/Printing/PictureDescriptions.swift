internal import Suggestions

/// A page's inline pictures replaced by what they say of themselves.
enum PictureDescriptions {
  static func inPlace(of page: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = page[...]
    let start = Array("<svg".utf8)
    let end = Array("</svg>".utf8)
    while let opening = rest.firstRange(of: start)?.lowerBound {
      result += rest[..<opening]
      let closing = rest[opening...].firstRange(of: end)?.upperBound ?? rest.endIndex
      let description = description(of: Array(rest[opening..<closing]))
      if !description.isEmpty {
        var writer = HTMLWriter()
        writer.element("p", description)
        result += Array(writer.markup.utf8)
      }
      rest = rest[closing...]
    }
    return result + rest
  }

  /// Its label, else its title and what is said below that.
  private static func description(of picture: [UInt8]) -> String {
    var reader = MarkupReader(picture, isXML: false)
    var parts: [String] = []
    var element = ""
    while let event = reader.next() {
      switch event {
      case .open(let name, let attributes):
        if name == "svg", let label = attributes.first(where: { $0.name == "aria-label" })?.value, !label.isEmpty {
          return "〔\(label)〕"
        }
        element = name
      case .text(let text) where ["title", "desc"].contains(element):
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if !line.isEmpty { parts.append(line) }
      case .close: element = ""
      default: break
      }
    }
    return parts.isEmpty ? "" : "〔\(parts.joined(separator: "：")) 〕".replacing(" 〕", with: "〕")
  }
}
