package import Suggestions

/// One submission on its way into the store. Texts are views into the batch; valid for the call only.
package struct SubmissionRow {
  package var number: UInt32 = 0
  package var seal = 0
  package var source = 0
  package var externalID = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  /// Identity and content digest, 24 bytes.
  package var identity = UnsafeRawBufferPointer(start: nil, count: 0)
  package var submittedAt: Int64?
  package var channel = Channel.other
  /// Keyed hash of who wrote it, for counting a person once; nil when the record does not say.
  package var writer: Int64?
  /// A packed claim of place.
  package var place: UInt64 = 0
  package var namesOwnPlace = false
  package var title = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  package var body = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  /// Remaining readable fields, packed: field number, text, …
  package var attributes = UnsafeRawBufferPointer(start: nil, count: 0)
  /// ``VersionDigest`` of the row.
  package var digest = UnsafeRawBufferPointer(start: nil, count: 0)
  package var sketch = UnsafeRawBufferPointer(start: nil, count: 0)
  package var suggestion: UInt32 = 0
  /// First case of the matter that it takes up again; 0 for none.
  package var again: UInt32 = 0
  package var duplicate = DuplicateKind.none
  package var leader: UInt32 = 0
  package var score = 0
  package var differs = Difference.none
  package var track = Track.ordinary
  package var kind = Kind.other
  package var act = Act.none
  package var urgency = Urgency.ordinary
  // Numbers of the code table, 0 for none.
  package var topic = 0
  package var region = 0
  package var station = 0
  package var lead = 0
  package var tier = 0
  package var priority = 0
  package var book = 0
  /// A packed ``VerdictRecord``.
  package var verdict = UnsafeRawBufferPointer(start: nil, count: 0)

  package init() {}
}

/// One set-aside record on its way into quarantine; its bytes are sealed under `seal`.
package struct QuarantineRow: Sendable {
  package var source: Int
  package var profile: Int
  package var file: String
  package var entry: SetAside
  package var digest: [UInt8]
  package var seal: Int
  package var run: Int

  package init(source: Int, profile: Int, file: String, entry: SetAside, digest: [UInt8], seal: Int, run: Int) {
    self.source = source
    self.profile = profile
    self.file = file
    self.entry = entry
    self.digest = digest
    self.seal = seal
    self.run = run
  }
}
