import Stages
import Suggestions

/// A batch in transit with what belongs to it but is no stage's business: its file and its set-asides' fate.
///
/// Handed from thread to thread through channels; one thread holds it at a time.
final class Parcel<Phase>: @unchecked Sendable {
  private var batch: Batch<Phase>?
  let origin: Origin
  /// Whether it counts among the batches under way; not while it waits in a ``LookAhead``.
  private(set) var holdsPermit = true

  init(_ batch: consuming Batch<Phase>, origin: Origin) {
    self.batch = consume batch
    self.origin = origin
  }

  func take() -> Batch<Phase> {
    guard let batch = batch.take() else { preconditionFailure("a parcel is opened once") }
    return batch
  }

  /// Puts a batch back that was only looked at.
  func put(_ batch: consuming Batch<Phase>) { self.batch = consume batch }

  func mapped<Next>(_ stage: (consuming Batch<Phase>) -> Batch<Next>) -> Parcel<Next> {
    let next = Parcel<Next>(stage(take()), origin: origin)
    next.holdsPermit = holdsPermit
    return next
  }

  /// Gives its permit back for good; whoever ends its way has none to give back.
  func release(_ permits: Permits) {
    if holdsPermit { permits.release() }
    holdsPermit = false
  }
}

/// Where a batch comes from.
struct Origin: Sendable {
  var file: Int
  var name: String
  var profile: String
  var source: String
  /// Of an opinion book.
  var custody: BookCustody?
  /// Bytes of the file behind the last record of the batch.
  var endOffset: Int
  /// Bytes of the whole file, where that is known.
  var fileBytes: Int?
  /// The first and the last batch of its file.
  var isFirst: Bool
  var isLast: Bool
}
