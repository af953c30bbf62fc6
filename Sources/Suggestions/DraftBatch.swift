/// What a reader hands to the stages: some records, what was set aside between them, and the bytes of both.
package struct DraftBatch: ~Copyable, Sendable {
  package var arena: Arena
  package var drafts: [Draft]
  package var setAside: [SetAside]
  /// Bytes of the file consumed when this batch was complete; the reader's checkpoint.
  package var endOffset: Int

  package init() {
    arena = Arena(capacity: 1 << 20)
    drafts = []
    setAside = []
    endOffset = 0
  }

  /// A batch is cut at this many records or this many bytes, whichever comes first. The numbers decide how much
  /// memory is in flight and how often the store commits, never the content.
  package static let recordLimit = 2048
  package static let byteLimit = 2 << 20

  package var isFull: Bool {
    drafts.count >= DraftBatch.recordLimit || arena.count >= DraftBatch.byteLimit
      || setAside.count >= DraftBatch.recordLimit
  }

  package var isEmpty: Bool { drafts.isEmpty && setAside.isEmpty }
}
