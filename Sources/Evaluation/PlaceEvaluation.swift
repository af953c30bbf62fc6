package import Rules

/// How well the places named in texts are known.
package struct PlaceEvaluation: Sendable {
  package private(set) var texts = 0
  package private(set) var right = 0
  /// Right as far as it goes: the place itself, or an area it lies in.
  package private(set) var containing = 0
  /// People are asked, as the name means several places.
  package private(set) var asked = 0
  package private(set) var mistakes: [(id: String, truth: String, said: String?)] = []

  package init() {}

  package var accuracy: Double { share(right) }
  package var levelAccuracy: Double { share(containing) }
  package var askedShare: Double { share(asked) }

  private func share(_ count: Int) -> Double { texts == 0 ? 0 : Double(count) / Double(texts) }

  /// - Parameter code: of the region the text means.
  package mutating func add(
    id: String, title: String, text: String, code: String, by book: RuleBook, _ scratch: inout RuleScratch
  ) {
    texts += 1
    let judgement = book.judge(title: title, body: text, scratch: &scratch)
    if judgement.asked != nil { asked += 1 }
    let said = judgement.region.map { book.regions[$0].code }
    if said == code { right += 1 } else { mistakes.append((id, code, said)) }
    if let region = judgement.region, let truth = book.region(code: code), book.chain(ofRegion: truth).contains(region) {
      containing += 1
    }
  }
}
