import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A page or a picture as a parser that is not ours reads it; what is not well-formed is refused.
final class ParsedPage: NSObject, XMLParserDelegate {
  struct Element {
    var name: String
    var attributes: [String: String]
    /// All text inside it, of its descendants too.
    var text = ""
    /// Position of the element it stands in; nil for the root.
    var parent: Int?
  }

  struct Fault: Error {
    var line: Int
    var words: String
  }

  /// In the order they are opened.
  private(set) var elements: [Element] = []
  private var open: [Int] = []

  init(_ markup: String) throws {
    super.init()
    let parser = XMLParser(data: Data(markup.utf8))
    parser.delegate = self
    guard parser.parse() else { throw Fault(line: parser.lineNumber, words: "\(parser.parserError as Any)") }
  }

  func all(_ name: String, style: String? = nil) -> [Element] {
    elements.filter { $0.name == name && (style == nil || $0.attributes["class"] == style) }
  }

  func element(id: String) -> Element? { elements.first { $0.attributes["id"] == id } }

  /// Texts of the cells in the body of the first table of a class, row by row, without their heads.
  func cells(style: String) -> [[String]] {
    let isTable = { (element: Element) in element.name == "table" && element.attributes["class"] == style }
    guard let table = elements.firstIndex(where: isTable) else { return [] }
    let rows = elements.indices.filter { elements[$0].name == "tr" && isInside($0, table) }
    let cells = rows.map { row in elements.filter { $0.name == "td" && $0.parent == row }.map(\.text) }
    return cells.filter { !$0.isEmpty }
  }

  private func isInside(_ element: Int, _ outer: Int) -> Bool {
    var next = elements[element].parent
    while let index = next {
      if index == outer { return true }
      next = elements[index].parent
    }
    return false
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    elements.append(Element(name: name, attributes: attributes, parent: open.last))
    open.append(elements.count - 1)
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    for index in open { elements[index].text += string }
  }
}
