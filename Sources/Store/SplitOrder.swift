package import Casework
package import Suggestions

/// 拆分: what somebody wants to have taken out of a suggestion, each part a matter of its own.
package struct SplitOrder: Sendable {
  package var suggestion: Int
  /// As they were selected in the text people read.
  package var parts: [String]
  package var reason: String
  /// Seconds since 1970.
  package var at: Int64
  package var actor: CaseActor
  /// Version of the case as the person saw it; nil where nobody looked.
  package var seen: Int?

  package init(_ suggestion: Int, parts: [String], reason: String, at: Int64, by actor: CaseActor, seen: Int? = nil) {
    self.suggestion = suggestion
    self.parts = parts
    self.reason = reason
    self.at = at
    self.actor = actor
    self.seen = seen
  }

  /// Whom the history names for it.
  package var actorName: String { actor.name }

  /// Parts that are taken out at a time.
  package static let mostParts = 8
}

/// A split that happened.
package struct SplitDone: Sendable {
  /// Of the suggestion that was split.
  package var done: CaseDone
  /// Suggestions the parts opened, in the order of the parts.
  package var parts: [Int]

  package init(done: CaseDone, parts: [Int]) {
    self.done = done
    self.parts = parts
  }
}

/// Why nothing is split. Parts are counted from 1.
package enum SplitRefusal: Error, Sendable, Hashable {
  case act(CaseActRefusal)
  /// What it said was erased.
  case erased
  case noParts
  case tooMany(most: Int)
  case emptyPart(Int)
  /// The text does not say this.
  case notFound(Int)
  /// It stands in the text only where another part stands.
  case overlapping(Int)
  /// Nothing would be left of it.
  case nothingLeft
  /// Somebody takes in; in a while it goes.
  case busy
}

/// The text a suggestion is split by, and what its parts take over from it.
package struct SplitSource: Sendable {
  package var text: StoredText
  package var source: String
  package var externalID: String
  package var isSensitive: Bool
  /// As received; sealed with each part too, so that who may open a part sees what was really written.
  package var received: [UInt8]
  package var contacts: [(field: Field, text: [UInt8])]
  /// The text's number and those of all that was split out of it or that it was split out of.
  package var family: Set<UInt32>
  /// External ids that no submission of the source has, as many as there are parts.
  package var externalIDs: [String]
}

extension SuggestionStore {
  /// What there is to split. The contacts go from one seal to others without being shown to anybody, so that opening
  /// them is no event of its own: the split is.
  package func splitSource(of order: SplitOrder) throws(StoreFault) -> Result<SplitSource, SplitRefusal> {
    let sealed = try SealedBytes(self)
    return try snapshot { session throws(StoreFault) in
      let id: SQLValue = .integer(order.suggestion)
      if try session.integer("SELECT count(*) FROM suggestion WHERE id = $1", [id]) == 0 {
        return .failure(.act(.unknown(order.suggestion)))
      }
      let row = try session.first(
        """
        SELECT \(StoredText.columns), s.seal, s.external_id, c.text, g.track
        FROM suggestion g JOIN submission s ON s.number = \(ErasedRows.shown) JOIN code c ON c.id = s.source
        WHERE g.id = $1 AND \(ErasedRows.isLiving)
        """, [id]
      ) { row in
        let next = StoredText.columnCount
        return (
          text: StoredText(row), seal: Int(row.integer(next)), externalID: row.text(next + 1),
          source: row.text(next + 2),
          isSensitive: row.integer(next + 3) == Int64(Track.sensitive.rawValue)
        )
      }
      guard let row else { return .failure(.erased) }
      let entry = try sealed.entry(row.seal, session)
      var contacts: [(field: Field, text: [UInt8])] = []
      var reader = PackedReader(entry.contacts)
      while !reader.isAtEnd, let number = reader.number(), let text = reader.text() {
        if let field = UInt8(exactly: number).flatMap({ Field(rawValue: $0) }) { contacts.append((field, text)) }
      }
      let family = try SplitParts.family(of: Int(row.text.number), session)
      return .success(
        SplitSource(
          text: row.text, source: row.source, externalID: row.externalID, isSensitive: row.isSensitive,
          received: entry.received, contacts: contacts, family: Set(family.compactMap { UInt32(exactly: $0) }),
          externalIDs: try SuggestionStore.freeIDs(
            after: row.externalID, source: row.source, count: order.parts.count, session)))
    }
  }

  /// `ID#2`, `ID#3`, …, passing over those that are taken.
  private static func freeIDs(
    after id: String, source: String, count: Int, _ session: any SQLSession
  ) throws(StoreFault) -> [String] {
    var free: [String] = []
    var number = 2
    while free.count < count {
      let candidate = "\(id)#\(number)"
      let taken = try session.integer(
        """
        SELECT count(*) FROM submission WHERE external_id = $1
          AND source = (SELECT id FROM code WHERE family = $2 AND text = $3)
        """, [.text(candidate), .integer(CodeFamily.source.rawValue), .text(source)])
      if taken == 0 { free.append(candidate) }
      number += 1
    }
    return free
  }
}

/// The act of splitting, within the transaction that takes the parts in.
package enum SplitActing {
  /// - Parameters:
  ///   - parts: numbers the parts get.
  ///   - number: of the submission whose text they are parts of.
  package static func act(
    _ order: SplitOrder, parts: [Int], of number: Int, under rules: CaseworkRules, _ session: any SQLSession
  ) throws(StoreFault) -> Result<CaseDone, CaseActRefusal> {
    let request = CaseRequest(
      .split, at: order.at,
      details: CaseDetails {
        $0.parts = parts.map { Int64($0) }
        $0.reason = order.reason
      })
    let outcome = try CaseActing(session, rules).act(
      request, on: order.suggestion, seen: order.seen, by: order.actor, isConfirmed: false)
    if case .success = outcome {
      for part in parts { try SplitParts.add(part, of: number, session) }
    }
    return outcome
  }
}

extension CaseActing {
  /// Why a split cannot be taken back any more; nil while nobody has taken up any of its parts.
  func objection(toUndoing split: CaseEvent, of id: Int) throws(StoreFault) -> CaseActRefusal? {
    for part in split.details.parts.map({ Int($0) }) {
      guard let reading = try CaseRows(session, regionPath: rules.regionPath).reading(of: part) else { continue }
      let file = try CaseActing.file(reading.history, part)
      if file.state != .pending, file.mergedInto != Int64(id) { return .taken(part, file.state) }
    }
    return nil
  }

  /// Puts the parts of a split back: they are handled with what they were split out of, and keep all they have.
  func putBack(_ split: CaseEvent, into id: Int, after undo: CaseEvent) throws(StoreFault) {
    // Whoever may take the split back may do this, whatever region a part turned out to lie in.
    let actor = CaseActor(name: undo.actor, role: .moderator, tracks: Set(Track.allCases))
    let request = CaseRequest(
      .merge, at: undo.at,
      details: CaseDetails {
        $0.target = Int64(id)
        $0.reason = undo.details.reason
      })
    let merged = try MergedSuggestions(session)
    for part in split.details.parts.map({ Int($0) }) where merged.parents[part] != id {
      guard case .success = try act(request, on: part, seen: nil, by: actor, isConfirmed: true) else {
        throw .corrupt("suggestion \(part) cannot be put back into \(id)")
      }
    }
  }
}
