internal import Suggestions

/// Whether a writer left a way to be reached. That is all that leaves: which one it is stays sealed, and nothing of it
/// is shown to anybody, as when `verify` opens the segments.
struct SealedContacts {
  private let sealed: SealedBytes
  private var segment: (first: Int, entries: [SealedBytes.Entry])?

  enum Reach {
    case contact
    /// Nothing but perhaps a name: whom only somebody who knows the person finds.
    case none
    /// Its entry is empty, or the key was destroyed; nobody asks after who wanted to be forgotten.
    case erased
  }

  init(_ store: SuggestionStore) throws(StoreFault) { sealed = try SealedBytes(store) }

  /// Best asked in the order of the seals: a thousand of them lie in one segment, which is opened once.
  mutating func reach(_ seal: Int, _ session: any SQLSession) throws(StoreFault) -> Reach {
    if let segment, segment.entries.indices.contains(seal - segment.first) {
      return SealedContacts.reach(segment.entries[seal - segment.first])
    }
    let found = try session.first(
      "SELECT first, count, key, sealed FROM segment WHERE first <= $1 ORDER BY first DESC LIMIT 1", [.integer(seal)]
    ) {
      SegmentSealer.Sealed(
        key: Int($0.integer(2)), first: Int($0.integer(0)), count: Int($0.integer(1)), bytes: $0.bytes(3))
    }
    guard let found, seal < found.first + found.count else { throw .corrupt("no segment holds seal \(seal)") }
    if sealed.isErased(found.key) { return .erased }
    let entries = try sealed.entries(of: found)
    segment = (found.first, entries)
    return SealedContacts.reach(entries[seal - found.first])
  }

  private static func reach(_ entry: SealedBytes.Entry) -> Reach {
    if entry.received.isEmpty { return .erased }
    var reader = PackedReader(entry.contacts)
    while !reader.isAtEnd, let field = reader.number(), reader.text() != nil {
      if field == Int(Field.phone.rawValue) || field == Int(Field.email.rawValue) { return .contact }
    }
    return .none
  }
}
