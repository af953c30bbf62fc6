package import Rules
package import Stages
package import Suggestions
internal import Text

/// What the stages make of the repetitions in a file of messages, and how well what is suggested as the same matter
/// agrees with what people put together.
package struct DuplicateEvaluation: ~Copyable {
  package struct Message: Sendable {
    package var id: String
    package var title: String
    package var text: String

    package init(id: String, title: String, text: String) {
      self.id = id
      self.title = title
      self.text = text
    }
  }

  /// A message that follows an earlier one; numbers of messages from 0.
  package struct Link: Sendable, Hashable {
    package var message: Int
    package var leader: Int
    package var kind: DuplicateKind
    /// Thousandths.
    package var score: Int
    package var differs: Difference
  }

  /// How well the candidates agree with the pairs people made, over the messages that have one.
  package struct SameMatter: Sendable, Hashable {
    package var messages = 0
    package var pairs = 0
    /// Share of messages whose first candidate is a partner.
    package var hitAtOne = 0.0
    /// Mean over messages of found / min(10, partners) among ten candidates.
    package var recallAtTen = 0.0
  }

  /// How well links agree with the exact similarity of all pairs.
  package struct Agreement: Sendable, Hashable {
    /// Pairs of messages at or above the threshold.
    package var pairs = 0
    /// Of these, pairs that links connect.
    package var connected = 0
    /// Links of exact and near kind, and those of them at or above the threshold.
    package var links = 0
    package var right = 0
    /// The first pairs no link connects.
    package var missed: [JaccardOracle.Pair] = []

    package var recall: Double { pairs == 0 ? 1 : Double(connected) / Double(pairs) }
    package var precision: Double { links == 0 ? 1 : Double(right) / Double(links) }
  }

  package let messages: [Message]
  package private(set) var links: [Link] = []
  private var corpus = MatterCorpus()
  private var bodies: [[UInt32]] = []

  private static let together = 4096

  /// - Parameter asOf: seconds since 1970; rules in force on that day count.
  package init(_ messages: [Message], by book: RuleBook, asOf: Int64) {
    self.messages = messages
    var deduplicate = Deduplicate()
    var first = 0
    while first < messages.count {
      let end = min(messages.count, first + DuplicateEvaluation.together)
      take(first..<end, by: book, asOf: asOf, &deduplicate)
      first = end
    }
  }

  private mutating func take(
    _ range: Range<Int>, by book: RuleBook, asOf: Int64, _ deduplicate: inout Deduplicate
  ) {
    var drafts = DraftBatch()
    drafts.arena = Arena(capacity: 1 << 20)
    for number in range {
      var draft = Draft(position: RecordPosition(ordinal: number + 1, line: 0, byteOffset: 0))
      // Ids of a file may repeat; here each line is a message of its own.
      draft[.externalID] = drafts.arena.append(String(number))
      draft[.title] = drafts.arena.append(messages[number].title)
      draft[.body] = drafts.arena.append(messages[number].text)
      draft.received = drafts.arena.append("")
      drafts.drafts.append(draft)
    }
    let header = BatchHeader(source: "", defaultChannel: .other, asOf: asOf, number: 0, volatile: [])
    let normalized = Normalize(redaction: Redaction(key: 0)).apply(Batch(drafts, header: header))
    let columns = deduplicate.apply(Classify(by: book).apply(normalized)).columns
    for row in columns.rows {
      let title = columns.folded[row.foldedStart..<row.foldedBody - 1]
      let body = columns.folded[row.foldedBody..<row.foldedEnd]
      corpus.add(title: title, body: body)
      bodies.append(body.filter { !Redaction.isToken($0) })
      guard row.duplicate != .none, row.leader > 0 else { continue }
      links.append(
        Link(
          message: Int(row.submission) - 1, leader: Int(row.leader) - 1, kind: row.duplicate, score: Int(row.score),
          differs: row.differs))
    }
  }

  /// Links of each kind, in the order of the kinds; those that occur, and exact and near in any case.
  package var counts: [(kind: DuplicateKind, count: Int)] {
    DuplicateKind.allCases.compactMap { kind in
      let count = links.count { $0.kind == kind }
      return kind == .none || (count == 0 && kind != .exact && kind != .near) ? nil : (kind, count)
    }
  }

  // MARK: Same matter

  /// The candidates for each of some messages, as numbers of messages from 0.
  package mutating func candidates(
    for numbers: some Sequence<Int>, _ each: (_ message: Int, _ candidates: [(message: Int, score: MatterScore)]) -> Void
  ) {
    let weights = corpus.weights
    for number in numbers {
      let ranked = corpus.candidates(for: UInt32(number) + 1, weights)
      each(number, ranked.map { (Int($0.number) - 1, $0.score) })
    }
  }

  /// - Parameter pairs: numbers of messages; either order, repeated or not.
  package mutating func sameMatter(_ pairs: [(Int, Int)]) -> SameMatter {
    var partners: [Int: Set<Int>] = [:]
    for (one, other) in pairs where one != other {
      partners[one, default: []].insert(other)
      partners[other, default: []].insert(one)
    }
    var result = SameMatter(messages: partners.count, pairs: partners.values.reduce(0) { $0 + $1.count } / 2)
    guard !partners.isEmpty else { return result }
    var (hits, recall) = (0, 0.0)
    candidates(for: partners.keys.sorted()) { message, candidates in
      let wanted = partners[message] ?? []
      if let first = candidates.first, wanted.contains(first.message) { hits += 1 }
      let found = candidates.prefix(10).count { wanted.contains($0.message) }
      recall += Double(found) / Double(min(10, wanted.count))
    }
    result.hitAtOne = Double(hits) / Double(partners.count)
    result.recallAtTen = recall / Double(partners.count)
    return result
  }

  // MARK: Exact similarity

  /// - Parameter shown: missed pairs that are kept.
  package func agreement(shown: Int = 10) -> Agreement {
    let oracle = JaccardOracle(bodies)
    var groups = Array(bodies.indices)
    func root(_ message: Int) -> Int {
      var message = message
      while groups[message] != message {
        groups[message] = groups[groups[message]]
        message = groups[message]
      }
      return message
    }
    var result = Agreement()
    for link in links where link.kind == .exact || link.kind == .near {
      result.links += 1
      if oracle.isSimilar(link.message, link.leader) { result.right += 1 }
      let (one, other) = (root(link.message), root(link.leader))
      groups[max(one, other)] = min(one, other)
    }
    for pair in oracle.pairs {
      result.pairs += 1
      if root(pair.first) == root(pair.second) {
        result.connected += 1
      } else if result.missed.count < shown {
        result.missed.append(pair)
      }
    }
    return result
  }
}
