package import Rules
internal import Suggestions
internal import Text

/// Judges each record by the rule book: kind, act, topic, track, urgency, place. Pure.
package struct Classify: Sendable {
  private let book: RuleBook

  package init(by book: RuleBook) { self.book = book }

  package func apply(_ batch: consuming Batch<Normalized>) -> Batch<Classified> {
    let columns = batch.columns
    let day = CivilTime(columns.header.asOf, offset: book.utcOffset).dayNumber
    var scratch = RuleScratch(book, on: day)
    var places = PlaceMemory(book)
    for index in columns.rows.indices {
      let row = columns.rows[index]
      let draft = columns.drafts.drafts[index]
      let context = context(index, columns, &places, &scratch)
      let from = scratch.evidence.count
      let judgement = scratch.judge(
        columns.folded[row.foldedStart..<row.foldedEnd], titleCount: row.foldedBody - row.foldedStart - 1,
        context: context)
      columns.rows[index].take(judgement, evidence: from..<scratch.evidence.count)
      // Whoever saw the whole as sensitive has not said anything else of its parts.
      if columns.header.parted?.isSensitive ?? false { columns.rows[index].track = .sensitive }
      columns.rows[index].settleKind(declared: context.kind, act: declaredAct(draft, columns), judgement)
      columns.rows[index].place = places.claim(draft, columns, judgement)
      columns.rows[index].namesOwnPlace =
        judgement.namesPlace || PlaceWords.contains(columns.folded[row.foldedBody..<row.foldedEnd])
    }
    columns.evidence = scratch.evidence
    return batch.advanced(to: Classified.self)
  }

  /// Takes the verdict on the one record of a batch apart.
  package func explain(_ batch: consuming Batch<Normalized>) -> Explanation {
    let columns = batch.columns
    var scratch = RuleScratch(book, on: CivilTime(columns.header.asOf, offset: book.utcOffset).dayNumber)
    var places = PlaceMemory(book)
    let context = context(0, columns, &places, &scratch)
    let row = columns.rows[0]
    return book.explain(
      title: columns.drafts.arena.string(row.title), body: columns.drafts.arena.string(row.body), context: context,
      scratch: &scratch)
  }

  /// What the records of a batch mean by their places.
  package func places(_ batch: consuming Batch<Normalized>) -> [MeantPlaces] {
    let columns = batch.columns
    var scratch = RuleScratch(book, on: CivilTime(columns.header.asOf, offset: book.utcOffset).dayNumber)
    var memory = PlaceMemory(book)
    return columns.rows.indices.map { index in
      let row = columns.rows[index]
      let title = columns.drafts.arena.string(row.title)
      let body = columns.drafts.arena.string(row.body)
      let context = context(index, columns, &memory, &scratch)
      let (judgement, places) = book.places(title: title, body: body, context: context, scratch: &scratch)
      return MeantPlaces(
        judgement, places, title: title, body: body, folded: columns.folded[row.foldedStart..<row.foldedEnd])
    }
  }

  /// What is known of a record beside its words.
  private func context(
    _ index: Int, _ columns: BatchColumns, _ places: inout PlaceMemory, _ scratch: inout RuleScratch
  ) -> RuleContext {
    let draft = columns.drafts.drafts[index]
    let field = places.region(draft, columns, &scratch)
    return RuleContext(
      channel: columns.rows[index].channel, station: places.station(draft, columns), region: field.region,
      asked: field.asked, kind: declaredKind(draft, columns), submittedAt: draft.submittedAt)
  }

  private func declaredKind(_ draft: Draft, _ columns: BatchColumns) -> Kind? {
    let span = draft[.kind]
    guard span.isPresent, !span.isEmpty else { return nil }
    let code = columns.drafts.arena.string(span)
    return Kind.allCases.first { $0.code == code }
  }

  private func declaredAct(_ draft: Draft, _ columns: BatchColumns) -> Act? {
    let span = draft[.act]
    guard span.isPresent, !span.isEmpty else { return nil }
    let code = columns.drafts.arena.string(span)
    return Act.allCases.first { $0.code == code }
  }
}

extension Row {
  fileprivate mutating func take(_ judgement: Judgement, evidence: Range<Int>) {
    track = judgement.track
    flags = judgement.flags
    topic = Int32(judgement.topic ?? -1)
    topicScore = Int32(clamping: judgement.score)
    runnerUp = Int32(clamping: judgement.runnerUp)
    certainty = Certainty(confidence: judgement.confidence, isSure: judgement.isSure)
    for (place, topic) in judgement.furtherTopics.prefix(3).enumerated() { furtherTopics[place] = Int32(topic) }
    region = Int32(judgement.region ?? -1)
    station = Int32(judgement.station ?? -1)
    asked = Int32(judgement.asked ?? -1)
    for department in judgement.coHandlers { ruleCoHandlers.insert(department) }
    self.evidence = Int32(evidence.lowerBound)..<Int32(evidence.upperBound)
  }

  /// What the form or the channel declares outranks the rules: 随手帮 and 随口宣 are contributions whatever the text says.
  fileprivate mutating func settleKind(declared: Kind?, act declaredAct: Act?, _ judgement: Judgement) {
    act = declaredAct ?? judgement.act ?? .none
    // A photograph or a report without further words shows something broken.
    let shown: Kind = act == .photo || act == .report ? .fault : .other
    kind = declared ?? (act == .help || act == .spread ? .contribution : judgement.kind ?? shown)
    urgency = judgement.urgency ?? (kind == .idea || kind == .praise || kind == .contribution ? .idea : .ordinary)
  }
}

/// Area and station fields repeat endlessly: each different text is looked up once a batch.
private struct PlaceMemory {
  private let book: RuleBook
  private var regions: [UInt64: (region: Int?, asked: Int?)] = [:]
  private var stations: [UInt64: Int?] = [:]
  /// Hash of each region's code.
  private let districts: [UInt64]

  init(_ book: RuleBook) {
    self.book = book
    districts = book.regions.map { TextHash.of(Array($0.code.utf8).span.bytes) }
  }

  mutating func region(
    _ draft: Draft, _ columns: BatchColumns, _ scratch: inout RuleScratch
  ) -> (region: Int?, asked: Int?) {
    let span = draft[.region].isEmpty ? draft[.address] : draft[.region]
    guard span.isPresent, !span.isEmpty else { return (nil, nil) }
    let key = TextHash.of(UnsafeRawBufferPointer(columns.drafts.arena.bytes(span)))
    if let known = regions[key] { return known }
    let found = book.regionNamed(columns.drafts.arena.string(span), scratch: &scratch)
    regions[key] = found
    return found
  }

  mutating func station(_ draft: Draft, _ columns: BatchColumns) -> Int? {
    let span = draft[.station]
    guard span.isPresent, !span.isEmpty else { return nil }
    let key = TextHash.of(UnsafeRawBufferPointer(columns.drafts.arena.bytes(span)))
    if let known = stations[key] { return known }
    let found = book.stationNamed(columns.drafts.arena.string(span))
    stations[key] = found
    return found
  }

  /// What the record says of its place outside its text. A district is known by its code, so that a station's and a form's
  /// agree; one the book does not know by its name as written.
  func claim(_ draft: Draft, _ columns: BatchColumns, _ judgement: Judgement) -> PlaceClaim {
    func hash(_ field: Field) -> UInt64 {
      let span = draft[field]
      return span.isPresent && !span.isEmpty ? TextHash.of(UnsafeRawBufferPointer(columns.drafts.arena.bytes(span))) : 0
    }
    var district = hash(.region)
    if let region = judgement.region, let known = book.district(ofRegion: region) { district = districts[known] }
    return PlaceClaim(station: hash(.station), district: district, address: hash(.address))
  }
}
