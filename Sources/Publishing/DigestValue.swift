internal import Mustache

/// What a digest template is filled with: a closed set, so that no type shows its private parts in print.
indirect enum DigestValue: Sendable, Hashable {
  case text(String)
  /// Made by the program, and written as it is.
  case markup(String)
  case flag(Bool)
  case list([DigestValue])
  case object([String: DigestValue])
  /// 无: prints nothing, and a section over it is left out. Mustache looks no further for the name.
  case absent
}

extension DigestValue: MustacheParent, MustacheCustomRepresentation {
  func child(named name: String) -> Any? {
    guard case .object(let members) = self, let member = members[name] else { return nil }
    return member
  }

  var representation: Any? {
    switch self {
    case .text(let text), .markup(let text): text
    case .flag(let flag): flag
    case .list(let list): list
    case .object(let members): members
    case .absent: nil
    }
  }
}

/// What a template may name at one place.
indirect enum DigestPlace: Sendable {
  case text
  /// Stands in three braces, `{{{plot}}}`; text never does.
  case markup
  case flag
  case list([String: DigestPlace])
  case object([String: DigestPlace])

  /// What a section over it can name.
  var members: [String: DigestPlace]? {
    switch self {
    case .text, .markup, .flag: [:]
    case .list(let members), .object(let members): members
    }
  }
}

/// 占位: the names a template may use of an element, each with how its value is made. Said once, so that what is checked
/// is what is filled in.
struct DigestPlaces<Element>: Sendable {
  private struct Entry: Sendable {
    var place: DigestPlace
    var value: @Sendable (Element, DigestWords) -> DigestValue
  }

  private var entries: [String: Entry] = [:]

  init(_ fill: (inout DigestPlaces) -> Void) { fill(&self) }

  var names: [String: DigestPlace] { entries.mapValues(\.place) }

  func value(_ element: Element, _ words: DigestWords) -> DigestValue {
    .object(entries.mapValues { $0.value(element, words) })
  }

  /// Nil and the empty text are absent.
  mutating func text(_ name: String, _ value: @escaping @Sendable (Element, DigestWords) -> String?) {
    entries[name] = Entry(place: .text) { element, words in
      value(element, words).flatMap { $0.isEmpty ? nil : DigestValue.text($0) } ?? .absent
    }
  }

  mutating func markup(_ name: String, _ value: @escaping @Sendable (Element, DigestWords) -> String?) {
    entries[name] = Entry(place: .markup) { element, words in value(element, words).map { .markup($0) } ?? .absent }
  }

  mutating func flag(_ name: String, _ value: @escaping @Sendable (Element) -> Bool) {
    entries[name] = Entry(place: .flag) { element, _ in .flag(value(element)) }
  }

  mutating func list<Item>(
    _ name: String, _ places: DigestPlaces<Item>, _ items: @escaping @Sendable (Element, DigestWords) -> [Item]
  ) {
    entries[name] = Entry(place: .list(places.names)) { element, words in
      .list(items(element, words).map { places.value($0, words) })
    }
  }

  mutating func object<Item>(
    _ name: String, _ places: DigestPlaces<Item>, _ item: @escaping @Sendable (Element) -> Item?
  ) {
    entries[name] = Entry(place: .object(places.names)) { element, words in
      item(element).map { places.value($0, words) } ?? .absent
    }
  }
}
