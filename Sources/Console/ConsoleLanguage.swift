/// What the pages speak.
package enum ConsoleLanguage: String, Sendable, Hashable, CaseIterable {
  case zh, en

  /// As the `lang` attribute wants it (BCP 47).
  package var tag: String { self == .zh ? "zh-Hans" : "en" }

  package func callAsFunction(_ zh: String, _ en: String) -> String { self == .zh ? zh : en }

  /// The first the browser asks for that is spoken here; Chinese where it asks for neither (RFC 9110 §12.5.4, weights
  /// left aside: browsers send the list in order).
  package init(acceptLanguage header: String) {
    let wanted = header.split(separator: ",").compactMap { part in
      ConsoleLanguage(rawValue: part.drop { $0 == " " }.prefix(2).lowercased())
    }
    self = wanted.first ?? .zh
  }
}
