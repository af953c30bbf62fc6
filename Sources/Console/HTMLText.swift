internal import Mustache
internal import Suggestions

/// The pages' content type: text is escaped as ``HTMLEscaping`` does it.
package struct HTMLText: MustacheContentType {
  package init() {}

  package func escapeText(_ text: String) -> String { HTMLText.escaped(text) }

  package static func escaped(_ text: String) -> String { HTMLEscaping.escaped(text) }
}
