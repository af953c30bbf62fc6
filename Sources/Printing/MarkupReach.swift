/// Whether a page is whole in itself: no scripts, nothing a browser or a converter would fetch or open beside it.
enum MarkupReach {
  /// The first line that holds a script or asks for something; nil for a page that asks for nothing.
  static func firstLine(in page: [UInt8]) -> Int? {
    var reader = MarkupReader(page, isXML: false)
    while let event = reader.next() {
      switch event {
      case .open(let name, let attributes):
        let isForbidden = ["script", "iframe", "frame", "object", "embed", "base", "applet", "portal"].contains(name)
        let isRefresh =
          name == "meta" && attributes.contains { $0.name == "http-equiv" && $0.value.lowercased() == "refresh" }
        if isForbidden || isRefresh || attributes.contains(where: { reaches($0.name, $0.value, of: name) }) {
          return reader.line
        }
      case .raw(let sheet):
        if asks(sheet) { return reader.line }
      default: break
      }
    }
    return nil
  }

  private static func reaches(_ attribute: String, _ value: String, of element: String) -> Bool {
    let address = value.filter { !$0.isWhitespace }.lowercased()
    switch attribute {
    case "href", "xlink:href":
      // A link waits for somebody to follow it; others are fetched.
      return !["a", "area"].contains(element) && !address.isEmpty && !address.hasPrefix("#")
        || address.hasPrefix("javascript:")
    case "src", "srcset", "poster", "background", "data", "action", "formaction", "ping", "manifest": return true
    case "style": return asks(value)
    default:
      // Handlers, and the many attributes of SVG that may name something elsewhere: fill="url(…)".
      return attribute.hasPrefix("on") || asks(value) && address.contains("url(")
    }
  }

  /// Style that imports or shows what lies elsewhere. `url(#part)` lies here.
  private static func asks(_ style: String) -> Bool {
    let sheet = style.filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }.lowercased()
    if sheet.contains("@import") || sheet.contains("image-set(") { return true }
    // u\72l( is url( too.
    if sheet.contains("\\") { return true }
    return sheet.ranges(of: "url(").contains { !sheet[$0.upperBound...].hasPrefix("#") }
  }
}
