/// Writes HTML, with the SVG inside it, so that it is well-formed XML too. Names of elements and attributes are words
/// of this program; whatever else comes in is text and comes out as text, never as markup.
package struct HTMLWriter: Sendable {
  /// In the order they are written; those without a value are left out.
  package typealias Attributes = KeyValuePairs<StaticString, String?>

  package private(set) var markup = ""

  package init() {}

  package mutating func element(
    _ name: StaticString, _ attributes: Attributes = [:], _ content: (inout HTMLWriter) -> Void
  ) {
    open(name, attributes)
    markup += ">"
    content(&self)
    markup += "</\(name)>"
  }

  /// An element with nothing but text in it.
  package mutating func element(_ name: StaticString, _ attributes: Attributes, _ text: String) {
    element(name, attributes) { $0.text(text) }
  }

  package mutating func element(_ name: StaticString, _ text: String) { element(name, [:], text) }

  /// An element that never has anything in it.
  package mutating func empty(_ name: StaticString, _ attributes: Attributes) {
    open(name, attributes)
    markup += "/>"
  }

  package mutating func text(_ text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": markup += "&amp;"
      case "<": markup += "&lt;"
      case ">": markup += "&gt;"
      case "\"": markup += "&quot;"
      case "'": markup += "&#39;"
      default: markup.unicodeScalars.append(HTMLWriter.isAllowed(scalar) ? scalar : "\u{FFFD}")
      }
    }
  }

  /// A style sheet, which HTML does not unescape: it may hold no `<` and no `&`, and what the program says it does not.
  package mutating func sheet(_ sheet: StaticString) { markup += "\(sheet)" }

  /// What browsers take a page to be without looking any further.
  package mutating func doctype() { markup += "<!DOCTYPE html>\n" }

  /// For those who read the source.
  package mutating func newline() { markup += "\n" }

  private mutating func open(_ name: StaticString, _ attributes: Attributes) {
    markup += "<\(name)"
    for (key, value) in attributes {
      guard let value else { continue }
      markup += " \(key)=\""
      text(value)
      markup += "\""
    }
  }

  /// Neither XML 1.0 nor HTML has control characters and noncharacters.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: true
    case 0..<0x20, 0x7F...0x9F, 0xFDD0...0xFDEF: false
    default: scalar.value & 0xFFFE != 0xFFFE
    }
  }
}
