internal import Mustache

/// What a template is filled with: texts, flags, lists and objects, and nothing else. A closed set instead of `Any`, so
/// that no type shows its private parts on a page because a template happens to name them.
package indirect enum PageValue: Sendable, Hashable {
  case text(String)
  case flag(Bool)
  case list([PageValue])
  case object([String: PageValue])

  package static func number(_ value: Int) -> PageValue { .text(String(value)) }

  /// Absent where there is nothing: a section over it is left out.
  package static func optional(_ text: String?) -> PageValue { text.map(PageValue.text) ?? .flag(false) }

  package static func objects<Element>(_ elements: some Sequence<Element>, _ make: (Element) -> [String: PageValue]) -> PageValue {
    .list(elements.map { .object(make($0)) })
  }
}

extension PageValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByIntegerLiteral
{
  package init(stringLiteral value: String) { self = .text(value) }
  package init(booleanLiteral value: Bool) { self = .flag(value) }
  package init(arrayLiteral elements: PageValue...) { self = .list(elements) }
  package init(integerLiteral value: Int) { self = .number(value) }
  package init(dictionaryLiteral elements: (String, PageValue)...) {
    self = .object(Dictionary(elements) { _, last in last })
  }
}

extension PageValue: MustacheParent, MustacheCustomRepresentation {
  package func child(named name: String) -> Any? {
    guard case .object(let members) = self, let member = members[name] else { return nil }
    return member
  }

  package var representation: Any? {
    switch self {
    case .text(let text): text
    case .flag(let flag): flag
    case .list(let list): list
    case .object(let members): members
    }
  }
}
