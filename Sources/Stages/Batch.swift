package import Rules
package import Suggestions
package import Text

/// Marks how far a batch has come. A stage takes one phase and returns the next, so a skipped stage does not compile.
package enum Drafted {}
package enum Normalized {}
package enum Classified {}
package enum Deduplicated {}
package enum Routed {}

/// What holds for a whole batch and what stages may not find out for themselves.
package struct BatchHeader: Sendable {
  package var source: String
  package var defaultChannel: Channel
  /// The day the batch is judged on, seconds since 1970; stages have no clock.
  package var asOf: Int64
  /// Number of the batch in its run, from 0: the order in which the results are committed.
  package var number: Int
  /// Fields that do not count for the content digest.
  package var volatile: FieldSet
  /// Set where the records are parts that a person took out of a text.
  package var parted: Parted?

  /// What parts have from the text they were taken out of.
  package struct Parted: Sendable {
    /// Numbers of that text and of other parts of it: what they resemble of these says nothing.
    package var family: Set<UInt32>
    package var isSensitive: Bool

    package init(family: Set<UInt32>, isSensitive: Bool) {
      self.family = family
      self.isSensitive = isSensitive
    }
  }

  package init(source: String, defaultChannel: Channel, asOf: Int64, number: Int, volatile: FieldSet) {
    self.source = source
    self.defaultChannel = defaultChannel
    self.asOf = asOf
    self.number = number
    self.volatile = volatile
  }
}

/// Records on their way from a reader to the store, in columns that the stages fill in turn.
///
/// It has one owner at a time: it moves from thread to thread and is never shared.
package struct Batch<Phase>: ~Copyable, @unchecked Sendable {
  package let columns: BatchColumns

  private init(_ columns: BatchColumns) { self.columns = columns }

  consuming func advanced<Next>(to phase: Next.Type) -> Batch<Next> { Batch<Next>(columns) }
}

extension Batch where Phase == Drafted {
  package init(_ drafts: consuming DraftBatch, header: BatchHeader) {
    self.init(BatchColumns(drafts, header: header))
  }
}

/// The columns of a batch. Only the batch's owner touches them.
package final class BatchColumns {
  package let header: BatchHeader
  package var drafts: DraftBatch
  package var folded: FoldedText
  package var rows: [Row] = []
  package var evidence: [Evidence] = []

  init(_ drafts: consuming DraftBatch, header: BatchHeader) {
    self.header = header
    folded = FoldedText(capacity: max(1024, drafts.arena.count / 4))
    self.drafts = drafts
  }
}

/// What the stages find out about one record. Plain values only: copying it allocates nothing.
package struct Row: Sendable {
  // Normalize
  /// What people read: personal details cut out. The writer's own bytes stay in `Draft.received`.
  package var title: ByteSpan = .absent
  package var body: ByteSpan = .absent
  package var address: ByteSpan = .absent
  /// Range of title, a separator and body in the folded text.
  package var foldedStart = 0
  package var foldedBody = 0
  package var foldedEnd = 0
  /// Hash of the folded body.
  package var bodyHash: UInt64 = 0
  package var sketch = Sketch()
  /// First half of the SHA-256 over source and external id: who it is.
  package var identity: UInt64 = 0
  /// First 16 bytes of the SHA-256 over the mapped fields: what it says.
  package var digest = ContentDigest()
  /// Kinds of personal detail cut out, one bit each.
  package var cuts: UInt16 = 0
  package var channel: Channel = .other

  // Classify
  package var kind: Kind = .other
  package var act: Act = .none
  package var track: Track = .ordinary
  package var urgency: Urgency = .ordinary
  package var flags: UInt16 = 0
  package var topic: Int32 = -1
  package var topicScore: Int32 = 0
  package var runnerUp: Int32 = 0
  package var certainty = Certainty()
  /// Other topics of the text, best first; -1 for none.
  package var furtherTopics = InlineArray<3, Int32>(repeating: -1)
  package var region: Int32 = -1
  package var station: Int32 = -1
  package var asked: Int32 = -1
  package var ruleCoHandlers = DepartmentSet()
  package var evidence: Range<Int32> = 0..<0
  /// What place the record claims, for telling template texts apart.
  package var place = PlaceClaim()
  package var namesOwnPlace = false

  // Deduplicate
  package var disposition: Disposition = .new
  /// Number of the submission in the store, from 1.
  package var submission: UInt32 = 0
  package var duplicate: DuplicateKind = .none
  /// Submission it is a duplicate of, 0 when none.
  package var leader: UInt32 = 0
  /// Suggestion it belongs to: the leader's when joined, else its own number.
  package var suggestion: UInt32 = 0
  /// The suggestion it would have joined, were that not done with: the same matter again. 0 for none.
  package var again: UInt32 = 0
  /// Jaccard similarity to the leader in thousandths.
  package var score: UInt16 = 0
  package var differs: Difference = .none

  // Route
  package var route: Int32 = -1
  package var lead: Int32 = 0
  package var coHandlers = DepartmentSet()
  package var tier: UInt8 = 0
  package var priority: UInt8 = 0

  package init() {}
}

package enum Disposition: UInt8, Sendable {
  case new, revised, unchanged
}

package struct ContentDigest: Sendable, Hashable {
  package var high: UInt64
  package var low: UInt64

  package init(high: UInt64 = 0, low: UInt64 = 0) {
    self.high = high
    self.low = low
  }
}
