import Casework
import Publishing
import Store
import Suggestions

/// 候选: cases an issue may show, as few of each section as can matter, so that a million cases take no more room than a
/// thousand. Their texts come later.
struct DigestCandidates: Sendable {
  /// How many of a section are kept before their area and their answer are looked at.
  private static let most = 200

  private struct Candidate: Sendable {
    var matter: PublishableMatter
    var answer: String
    var points: Int
  }

  private let periods: DigestPeriods
  private let asOf: Int64
  private let pins: Set<Int>
  private let labels: DigestLabels
  private let area: @Sendable (String) -> String
  private let rule = DigestSelection()
  private var sections: [DigestSection: [Candidate]] = [:]
  private var pinned: [Candidate] = []

  /// - Parameter pins: numbers of cases that are kept whatever speaks for them.
  init(
    _ periods: DigestPeriods, asOf moment: Int64, pins: Set<Int>, labels: DigestLabels,
    area: @escaping @Sendable (String) -> String
  ) {
    self.periods = periods
    asOf = moment
    self.pins = pins
    self.labels = labels
    self.area = area
  }

  /// Looks at a case, if it is one of the month or somebody acted on it in the month.
  mutating func take(_ record: CaseRecord) {
    let isPinned = pins.contains(record.id)
    guard isPinned || !record.history.events.isEmpty, !record.isMerged, record.receivedAt <= asOf else { return }
    let history = CaseHistory(record.history.opening, events: Array(record.history.events.prefix { $0.at <= asOf }))
    // A history that cannot be read is told by the statistics, which count it.
    guard let file = try? history.file(), let standing = try? history.standingEvents(), file.state != .merged,
      isOfMonth(record, standing),
      let matter = PublishableMatter(
        id: record.id, kind: file.kind,
        track: record.track == .sensitive || file.track == .sensitive ? .sensitive : .ordinary,
        facts: facts(record, file))
    else { return }
    let answer = standing.last { $0.action == .answer || $0.action == .reply }?.details.text ?? ""
    if isPinned { pinned.append(Candidate(matter: matter, answer: answer, points: 0)) }
    for section in DigestSection.allCases where section.admits(matter) {
      let points = rule.reasons(for: matter, in: section).reduce(0) { $0 + $1.points }
      keep(Candidate(matter: matter, answer: answer, points: points), in: section)
    }
  }

  private func isOfMonth(_ record: CaseRecord, _ standing: [CaseEvent]) -> Bool {
    if periods.month.contains(periods.moment(received: record.receivedAt, submitted: record.submittedAt)) { return true }
    let finishing: Set<CaseAction> = [.answer, .reply, .resolve, .close, .thank, .adopt, .award]
    return standing.contains { finishing.contains($0.action) && periods.month.contains($0.at) }
  }

  private static func isBefore(_ left: Candidate, _ right: Candidate) -> Bool {
    (right.points, left.matter.id) < (left.points, right.matter.id)
  }

  private mutating func keep(_ candidate: Candidate, in section: DigestSection) {
    sections[section, default: []].append(candidate)
    // Cut now and then, not with each case.
    if sections[section, default: []].count >= 2 * DigestCandidates.most { cut(section) }
  }

  private mutating func cut(_ section: DigestSection) {
    sections[section] = sections[section].map { Array($0.sorted(by: DigestCandidates.isBefore).prefix(DigestCandidates.most)) }
  }

  mutating func add(_ other: DigestCandidates) {
    pinned += other.pinned
    for (section, candidates) in other.sections { sections[section, default: []] += candidates }
    for section in DigestSection.allCases { cut(section) }
  }

  /// Each once, by number, with the answer its writer got.
  var all: [(matter: PublishableMatter, answer: String)] {
    let kept = pinned + DigestSection.allCases.flatMap { section in
      (sections[section] ?? []).sorted(by: DigestCandidates.isBefore).prefix(DigestCandidates.most)
    }
    var seen: Set<Int> = []
    return kept.filter { seen.insert($0.matter.id).inserted }.sorted { $0.matter.id < $1.matter.id }
      .map { ($0.matter, $0.answer) }
  }

  private func facts(_ record: CaseRecord, _ file: CaseFile) -> PublishableMatter.Facts {
    var facts = PublishableMatter.Facts()
    let region = file.corrections.regions.map(\.first) ?? file.regions.first ?? record.region
    facts.urgency = file.urgency
    facts.topic = labels.topic(file.topic.isEmpty ? record.topic : file.topic)
    facts.area = labels.region(region.map(area))
    facts.station = labels.station(file.station ?? record.station)
    facts.unit = labels.unit(file.handler)
    facts.channel = labels.word(record.channel)
    facts.outcome = labels.outcome(file.outcome)
    facts.support = record.support
    facts.score = file.scores.values.reduce(0) { $0 + $1.sum }
    facts.judges = file.scores.count
    facts.isShortlisted = file.isShortlisted
    facts.isAdopted = file.isAdopted
    facts.isCleared = file.isPublishable
    facts.isReviewed = file.state != .pending || file.isShortlisted || file.isPublishable || !file.scores.isEmpty
    facts.isRejected = file.rejection != nil
    facts.isAnswered = file.moments[.answered] != nil
    facts.isSolved = file.outcome == .solved
    facts.isSatisfied = file.callBack.flatMap { $0.isSatisfied == .unknown ? nil : $0.isSatisfied == .yes }
    facts.proposalNumber = file.proposalNumber
    facts.awards = file.awards
    facts.reopened = file.round
    facts.clock = clock(record, file)
    return facts
  }

  private func clock(_ record: CaseRecord, _ file: CaseFile) -> [PublishableMatter.Moment] {
    let first: ClockMoment = record.submittedAt == nil ? .received : .submitted
    return [first, .dispatched, .signed, .arrived, .resolved, .answered, .told, .closed].compactMap { moment in
      file.moments[moment].map { PublishableMatter.Moment(labels.moment(moment), $0) }
    }
  }
}
