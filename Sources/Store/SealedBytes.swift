internal import Foundation
internal import Suggestions

/// Opens what is sealed, one entry or one whole segment at a time. Whoever calls it logs why.
struct SealedBytes {
  private let ring: KeyRing
  private let sealer: SegmentSealer
  private let keyCount: Int

  /// One sealed version of a submission, or one set-aside record, which has no contacts.
  struct Entry {
    var received: [UInt8]
    /// Packed: field number, text, …
    var contacts: [UInt8]

    /// Nothing is ever received that is nothing: it was emptied.
    var isEmpty: Bool { received.isEmpty && contacts.isEmpty }
  }

  /// Reads the keys anew: another process that takes in may have added some since the store was opened.
  init(_ store: SuggestionStore) throws(StoreFault) {
    let path = store.home + ".keys"
    // A ring makes keys when asked for more than it has; a damaged number must not make it do so. A key is 32 bytes,
    // and the head of the file is shorter than one. Looked up first, as the file may grow at any moment.
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    keyCount = (size ?? 0) / 32
    ring = try KeyRing(path: path, create: false)
    sealer = SegmentSealer(keys: ring)
  }

  /// Whether a segment's key was destroyed, which is how its content is erased.
  func isErased(_ key: Int) -> Bool {
    guard (1..<max(1, keyCount)).contains(key) else { return false }
    do {
      _ = try ring.key(key)
      return false
    } catch {
      return true
    }
  }

  /// The entries of a segment, in the order of their seals.
  func entries(of sealed: SegmentSealer.Sealed) throws(StoreFault) -> [Entry] {
    guard (1..<max(1, keyCount)).contains(sealed.key) else { throw .corrupt("there is no key \(sealed.key)") }
    var reader = PackedReader(try sealer.open(sealed))
    var entries: [Entry] = []
    while !reader.isAtEnd {
      guard entries.count < sealed.count, let received = reader.text(), let contacts = reader.text() else {
        throw .corrupt("segment under key \(sealed.key) does not hold the entries it should")
      }
      entries.append(Entry(received: received, contacts: contacts))
    }
    guard entries.count == sealed.count else {
      throw .corrupt("segment under key \(sealed.key) does not hold the entries it should")
    }
    return entries
  }

  /// What is sealed under a number.
  func entry(_ seal: Int, _ session: any SQLSession) throws(StoreFault) -> Entry {
    guard let found = try SealedBytes.segment(of: seal, session) else { throw .corrupt("no segment holds seal \(seal)") }
    let entries = try entries(of: found)
    guard entries.indices.contains(seal - found.first) else { throw .corrupt("no segment holds seal \(seal)") }
    return entries[seal - found.first]
  }

  /// The segment a seal belongs to; the last one for a seal that is too large.
  static func segment(of seal: Int, _ session: any SQLSession) throws(StoreFault) -> SegmentSealer.Sealed? {
    try session.first(
      "SELECT first, count, key, sealed FROM segment WHERE first <= $1 ORDER BY first DESC LIMIT 1", [.integer(seal)]
    ) {
      SegmentSealer.Sealed(
        key: Int($0.integer(2)), first: Int($0.integer(0)), count: Int($0.integer(1)), bytes: $0.bytes(3))
    }
  }
}

extension History {
  /// The event of opening something sealed.
  static func unsealing(_ what: String, _ subject: Int, seal: Int, by act: StaffAct) -> Event {
    var payload = JSONWriter()
    payload.object {
      $0.field("of", what)
      $0.field("seal", seal)
      $0.field("reason", act.reason)
    }
    return Event(at: act.at, actor: act.actor, action: "unseal", subject: subject, payload: payload.text)
  }
}
