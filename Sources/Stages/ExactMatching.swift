internal import CSketch
internal import Suggestions

/// The same text again: found by the hash of the folded body, never compared with more than a few others.
extension DuplicateIndex {
  /// Texts shorter than this many characters are said by many about many places (同意, 路灯不亮): the same words are the
  /// same matter only where both say the same place.
  private static let templateLength = 12

  /// Rings of a text that are looked at, one per place claim: the claims met first. What a text was said about in more
  /// places than these is found by its own claim.
  private static let mostRings = 32

  mutating func exactMatch(
    _ body: UnsafeBufferPointer<UInt32>, hash: UInt64, place: PlaceClaim, namesOwnPlace: Bool
  ) -> Match? {
    let isTemplate = body.count < DuplicateIndex.templateLength
    let found = earliest(body, hash: hash, claim: (place, namesOwnPlace)) { entry in
      let fits = isTemplate ? place.isSame(as: entry.place) : place.isCompatible(with: entry.place)
      return fits || (namesOwnPlace && entry.namesOwnPlace)
    }
    guard let found else { return nil }
    let entry = entries[Int(found)]
    return Match(kind: .exact, number: entry.number, suggestion: entry.suggestion, similarity: 1, differs: .none)
  }

  /// The entry of the smallest number that has this text and meets a condition its ring decides.
  mutating func earliest(
    _ body: UnsafeBufferPointer<UInt32>, hash: UInt64, claim: (PlaceClaim, Bool)? = nil, _ fits: (Entry) -> Bool
  ) -> UInt32? {
    met.removeAll(keepingCapacity: true)
    exact.forEach(hash) { last, _ in
      met.append(last)
      return met.count < DuplicateIndex.mostRings
    }
    if met.isEmpty { return nil }
    if met.count == DuplicateIndex.mostRings, let claim {
      exact.forEach(DuplicateIndex.claimed(hash, claim.0, claim.1)) { last, _ in
        met.append(last)
        return met.count < 2 * DuplicateIndex.mostRings
      }
    }
    var best: UInt32?
    for last in met {
      let head = first(ofRing: last)
      let entry = entries[Int(head)]
      if entry.isRemoved || !fits(entry) { continue }
      if let best, entries[Int(best)].number < entry.number { continue }
      // Texts with one hash are nearly always one text.
      if isText(of: entry, body) { best = head }
    }
    return best
  }

  /// The first entry of a ring that was not removed; those before it leave the ring.
  private mutating func first(ofRing last: UInt32) -> UInt32 {
    var head = entries[Int(last)].next
    while entries[Int(head)].isRemoved, head != last { head = entries[Int(head)].next }
    entries[Int(last)].next = head
    return head
  }

  /// Puts a new entry into the ring of its text and claim, or makes it a ring of its own.
  ///
  /// A ring is in the order of numbers, so that its first is the earliest: a revised submission, whose number is smaller
  /// than others', is no member of it.
  mutating func remember(_ index: UInt32, _ body: UnsafeBufferPointer<UInt32>, hash: UInt64) {
    let entry = entries[Int(index)]
    if join(index, body, hash) { return }
    var rings = 0
    exact.forEach(hash) { _, _ in
      rings += 1
      return rings < DuplicateIndex.mostRings
    }
    guard rings == DuplicateIndex.mostRings else { return exact.insert(hash, index) }
    let claimed = DuplicateIndex.claimed(hash, entry.place, entry.namesOwnPlace)
    if !join(index, body, claimed) { exact.insert(claimed, index) }
  }

  private mutating func join(_ index: UInt32, _ body: UnsafeBufferPointer<UInt32>, _ hash: UInt64) -> Bool {
    let entry = entries[Int(index)]
    var ring: (last: UInt32, slot: Int)?
    var rings = 0
    exact.forEach(hash) { last, slot in
      let other = entries[Int(last)]
      rings += 1
      if other.place == entry.place, other.namesOwnPlace == entry.namesOwnPlace, other.number < entry.number {
        ring = (last, slot)
        return false
      }
      return rings < DuplicateIndex.mostRings
    }
    guard let ring, isText(of: entries[Int(ring.last)], body) else { return false }
    entries[Int(index)].next = entries[Int(ring.last)].next
    entries[Int(ring.last)].next = index
    exact.replace(ring.slot, with: index)
    return true
  }

  /// A hash of text and claim together.
  private static func claimed(_ hash: UInt64, _ place: PlaceClaim, _ names: Bool) -> UInt64 {
    let mixed = (hash ^ place.packed &* 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return mixed.high ^ mixed.low ^ (names ? 0xA076_1D64_78BD_642F : 0)
  }

  private mutating func isText(of entry: Entry, _ body: UnsafeBufferPointer<UInt32>) -> Bool {
    let length = texts.read(entry.text, into: &buffer)
    return length == min(body.count, TextStore.longestText) && buffer.prefix(length).elementsEqual(body.prefix(length))
  }
}
