package import Rules

/// How well the places named in texts are known.
package struct PlaceEvaluation: Sendable {
  package struct Tally: Sendable, Hashable {
    package var texts = 0
    package var right = 0
    /// Right as far as it goes: the place itself, or an area it lies in.
    package var containing = 0
    /// People are asked, as the name means several places.
    package var asked = 0
    /// A place is said in which the true one does not lie. What is neither this nor containing is left open.
    package var wrong = 0

    package init(texts: Int = 0, right: Int = 0, containing: Int = 0, asked: Int = 0, wrong: Int = 0) {
      self.texts = texts
      self.right = right
      self.containing = containing
      self.asked = asked
      self.wrong = wrong
    }

    package var accuracy: Double { share(right) }
    package var levelAccuracy: Double { share(containing) }
    package var askedShare: Double { share(asked) }

    private func share(_ count: Int) -> Double { texts == 0 ? 0 : Double(count) / Double(texts) }

    fileprivate mutating func count(_ outcome: Outcome) {
      texts += 1
      if outcome.isRight { right += 1 }
      if outcome.isContaining { containing += 1 }
      if outcome.isAsked { asked += 1 }
      if outcome.isWrong { wrong += 1 }
    }
  }

  /// A text whose place is not the one people gave.
  package struct Mistake: Sendable {
    /// Number of the text, in the order they were added, from 0.
    package var text: Int
    package var id: String
    /// Codes of regions; nil where the place is left open.
    package var truth: String
    package var said: String?
  }

  fileprivate struct Outcome {
    var isRight: Bool
    var isContaining: Bool
    var isAsked: Bool
    var isWrong: Bool
  }

  package private(set) var total = Tally()
  package private(set) var mistakes: [Mistake] = []
  private var byLevel: [RegionLevel: Tally] = [:]
  /// County or zone of the true place and of the one said.
  private var districts: [(truth: Int, said: Int)] = []

  /// Stands in ``districtConfusion`` for what lies in no county or zone: the city as a whole, or a place left open.
  package static let noDistrict = -1

  package init() {}

  /// By the level of the true place, from the city down; only levels that occur. Places the book does not know have
  /// none.
  package var levels: [(level: RegionLevel, tally: Tally)] {
    RegionLevel.allCases.compactMap { level in byLevel[level].map { (level, $0) } }
  }

  /// Counties and zones that occur, as numbers of the book's regions in its order, ``noDistrict`` last.
  package var districtConfusion: ConfusionTable {
    let occurring = Set(districts.flatMap { [$0.truth, $0.said] })
    let known = occurring.subtracting([Self.noDistrict]).sorted()
    var table = ConfusionTable(labels: known + (known.count < occurring.count ? [Self.noDistrict] : []))
    for pair in districts { table.add(truth: pair.truth, said: pair.said) }
    return table
  }

  /// - Parameter code: of the region the text means.
  package mutating func add(
    id: String, title: String, text: String, code: String, by book: RuleBook, _ scratch: inout RuleScratch
  ) {
    let judgement = book.judge(title: title, body: text, scratch: &scratch)
    let said = judgement.region.map { book.regions[$0].code }
    let truth = book.region(code: code)
    let isContaining = judgement.region.flatMap { region in truth.map { book.chain(ofRegion: $0).contains(region) } }
    let outcome = Outcome(
      isRight: said == code, isContaining: isContaining ?? false, isAsked: judgement.asked != nil,
      isWrong: said != nil && isContaining != true)
    if !outcome.isRight { mistakes.append(Mistake(text: total.texts, id: id, truth: code, said: said)) }
    total.count(outcome)
    guard let truth else { return }
    byLevel[book.regions[truth].level, default: Tally()].count(outcome)
    districts.append((
      truth: book.district(ofRegion: truth) ?? Self.noDistrict,
      said: judgement.region.flatMap { book.district(ofRegion: $0) } ?? Self.noDistrict
    ))
  }
}
