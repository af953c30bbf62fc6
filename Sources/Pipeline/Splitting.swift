package import Rules
internal import Stages
package import Store
internal import Suggestions
internal import Text

/// 拆分: makes parts of what was handed in submissions of their own, by the ordinary stages and with the act that says so.
package struct Splitting {
  private let store: SuggestionStore
  private let book: RuleBook
  private let rules: CaseworkRules

  /// - Parameter store: opened by the caller for this, as others may have made keys since an older one was.
  package init(_ store: SuggestionStore, by book: RuleBook, under rules: CaseworkRules) {
    self.store = store
    self.book = book
    self.rules = rules
  }

  /// What a part takes over: where it was said and of what place. What the form said of kind and topic it said of the
  /// whole.
  private static let inherited: FieldSet = [
    .act, .region, .address, .station, .latitude, .longitude, .reporter, .attachments, .book, .page, .line,
  ]

  /// The caller holds the intake lock.
  package func split(_ order: SplitOrder) throws(StoreFault) -> Result<SplitDone, SplitRefusal> {
    guard !order.parts.isEmpty else { return .failure(.noParts) }
    guard order.parts.count <= SplitOrder.mostParts else { return .failure(.tooMany(most: SplitOrder.mostParts)) }
    let source: SplitSource
    switch try store.splitSource(of: order) {
    case .success(let found): source = found
    case .failure(let refusal): return .failure(refusal)
    }
    let texts: [[UInt8]]
    switch Splitting.texts(order.parts, in: source.text) {
    case .success(let found): texts = found
    case .failure(let refusal): return .failure(refusal)
    }
    try SupportCounting.catchUp(store)
    let tail = try store.tail()
    let decided = try decide(texts, of: source, order, tail)
    let numbers = (1...texts.count).map { Int(tail.submission) + $0 }
    var plan = IntakePlan(
      files: [], book: book, source: source.source, threads: 1, startedAt: order.at, command: "split")
    plan.actor = order.actorName
    let committer = try Committer(store: store, plan: plan)
    var refusal: SplitRefusal?
    let done = try committer.commit(decided) { session throws(StoreFault) -> SplitDone? in
      switch try SplitActing.act(order, parts: numbers, of: Int(source.text.number), under: rules, session) {
      case .success(let done): return SplitDone(done: done, parts: numbers)
      case .failure(let reason):
        refusal = .act(reason)
        return nil
      }
    }
    guard let done else { return .failure(refusal ?? .noParts) }
    try committer.finish(at: order.at)
    try committer.settleFinally()
    return .success(done)
  }

  /// The parts as they stand in the text, with the tokens behind their placeholders.
  static func texts(_ parts: [String], in text: StoredText) -> Result<[[UInt8]], SplitRefusal> {
    var (title, body) = (TextParts(text.title), TextParts(text.body))
    var found: [[UInt8]] = []
    for (index, part) in parts.enumerated() {
      switch (body.find(part), text.body) {
      case (.found(let range), let whole): found.append(Array(whole[range]))
      case (.empty, _): return .failure(.emptyPart(index + 1))
      case (let elsewhere, _):
        // Few forms have a title; in some all is in it.
        guard case .found(let range) = title.find(part) else {
          return .failure(elsewhere == .taken ? .overlapping(index + 1) : .notFound(index + 1))
        }
        found.append(Array(text.title[range]))
      }
    }
    return body.hasRest || title.hasRest ? .success(found) : .failure(.nothingLeft)
  }

  // MARK: The stages

  private func decide(
    _ texts: [[UInt8]], of source: SplitSource, _ order: SplitOrder, _ tail: SuggestionStore.Tail
  ) throws(StoreFault) -> Decided {
    var header = BatchHeader(
      source: source.source, defaultChannel: source.text.channel, asOf: order.at, number: 0, volatile: [])
    // Other parts of now are kin as well.
    let family = source.family.union((1...UInt32(texts.count)).map { UInt32(tail.submission) + $0 })
    header.parted = BatchHeader.Parted(family: family, isSensitive: source.isSensitive)
    let drafts = self.drafts(texts, of: source)
    let bytes = drafts.arena.count
    // Redacted already, with the store's own tokens.
    let normalized = Normalize(redaction: nil).apply(Batch(drafts, header: header))
    for index in texts.indices { normalized.columns.rows[index].cuts = Splitting.cuts(texts[index], source.text.cuts) }
    let classified = Classify(by: book).apply(normalized)
    var filter = HistoryFilter()
    filter.add(classified.columns)
    let decider = Decider(
      try Deduplicate.loading(store, filter), book: book, keys: store.keys, tail: tail, quarantined: [])
    let origin = Origin(
      file: 0, name: "split \(order.suggestion)", profile: "split", source: source.source, custody: nil,
      endOffset: bytes, fileBytes: nil, isFirst: true, isLast: true)
    let decided = try decider.decide(Parcel(classified, origin: origin))
    let batch = decided.parcel.take()
    let numbers = tail.submission + 1...tail.submission + UInt32(texts.count)
    let isWhole = zip(batch.columns.rows, numbers).allSatisfy { row, number in
      row.disposition == .new && row.submission == number && row.suggestion == number
    }
    decided.parcel.put(batch)
    guard isWhole else { throw .corrupt("parts of suggestion \(order.suggestion) are known already") }
    return decided
  }

  private func drafts(_ texts: [[UInt8]], of source: SplitSource) -> DraftBatch {
    var drafts = DraftBatch()
    for (index, text) in texts.enumerated() {
      var draft = Draft(position: RecordPosition(ordinal: index + 1, line: 1, byteOffset: 0))
      draft[.externalID] = drafts.arena.append(source.externalIDs[index])
      draft[.body] = text.withUnsafeBytes { drafts.arena.append($0) }
      draft[.channel] = drafts.arena.append(source.text.channel.code)
      for (field, bytes) in source.text.fields where Splitting.inherited.contains(field) {
        draft[field] = bytes.withUnsafeBytes { drafts.arena.append($0) }
      }
      for (field, bytes) in source.contacts { draft[field] = bytes.withUnsafeBytes { drafts.arena.append($0) } }
      draft.submittedAt = source.text.submittedAt
      draft.received = source.received.withUnsafeBytes { drafts.arena.append($0) }
      drafts.drafts.append(draft)
    }
    return drafts
  }

  /// Of the kinds of detail that were cut out of the whole those whose placeholder stands in the part.
  private static func cuts(_ text: [UInt8], _ whole: UInt16) -> UInt16 {
    let text = String(decoding: text, as: UTF8.self)
    return PersonalDataKind.allCases.reduce(0) { cuts, kind in
      let bit = whole & 1 << UInt16(kind.rawValue)
      return bit != 0 && text.contains(kind.placeholder) ? cuts | bit : cuts
    }
  }
}
