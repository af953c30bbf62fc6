internal import CSketch
internal import Suggestions

/// A text that was changed, and a text quoted inside another: candidates by their keys, then counted exactly.
extension DuplicateIndex {
  /// An entry whose text will be compared.
  struct Candidate {
    var entry: UInt32
    /// Agreeing sketch bits; for a text too short for them a figure like it.
    var agreement: Int
  }

  struct Alike {
    var entry: UInt32
    var number: UInt32
    var similarity: Double
    var likeness: Likeness
  }

  /// Agreeing sketch bits below which a pair is not looked at: 96 of 128 are expected at Jaccard 0.5, with a standard
  /// deviation of 4.9, so that one pair in sixty at the very threshold is lost. Unrelated pairs have 64, two texts of one
  /// form at 0.2 have 77: fifteen of sixteen go no further.
  private static let leastAgreement = 86

  /// Texts compared in one search at most, those with the most agreeing bits. A form's sentences can make a thousand
  /// texts alike; the ones that are most alike are among the first.
  private static let mostCompared = 12

  /// Entries kept in mind of those met by short bands, before the best of them are compared.
  private static let mostShorts = 64

  /// Of what is alike, how many are asked what differs. Each costs as much as comparing three texts.
  private static let mostProbed = 4

  /// The earlier submission this text repeats, if any. An exact one wins; among near ones those with nothing that
  /// differs, then the most similar, then the earliest; without one the text that contains this one, or is contained in
  /// it. The order does not depend on how the index was built.
  package mutating func match(
    _ body: UnsafeBufferPointer<UInt32>, hash: UInt64, sketch: Sketch, place: PlaceClaim, namesOwnPlace: Bool
  ) -> Match? {
    measured = (0, 0)
    if let same = exactMatch(body, hash: hash, place: place, namesOwnPlace: namesOwnPlace) { return same }
    bands.insertPending()
    collect(sketch)
    if candidates.isEmpty && quoted.isEmpty { return nil }
    grams.load(body)
    measured = (hash, grams.count)
    alike.removeAll(keepingCapacity: true)
    measure(body)
    if alike.isEmpty { measureQuoted(sketch.bits) }
    alike.sort { $0.similarity != $1.similarity ? $0.similarity > $1.similarity : $0.number < $1.number }
    return alike.isEmpty ? nil : best(body, place: place, namesOwnPlace: namesOwnPlace)
  }

  // MARK: Candidates

  /// Leaves the entries met by bands in `candidates` and those met by fingerprints in `quoted`.
  private mutating func collect(_ sketch: Sketch) {
    candidates.removeAll(keepingCapacity: true)
    quoted.removeAll(keepingCapacity: true)
    meetShorts(sketch)
    // All keys first: what is met lies anywhere in memory, and fetching it takes longer than looking at it.
    met.removeAll(keepingCapacity: true)
    sketch.forEachKey(of: sketch.bands) { key in
      bands.forEach(key) { entry in
        sketch_prefetch(bits + Int(entry))
        met.append(entry)
      }
    }
    let own = sketch.bits
    for entry in met {
      let agreement = bits[Int(entry)].agreement(own)
      if agreement >= DuplicateIndex.leastAgreement { add(Candidate(entry: entry, agreement: agreement)) }
    }
    sketch.forEachKey(of: sketch.marks) { key in
      bands.forEach(key, fewerThan: BandTable.longestMarkRun) { entry in
        sketch_prefetch(bits + Int(entry))
        if !quoted.contains(entry) { quoted.append(entry) }
      }
    }
    entries.withUnsafeBufferPointer { entries in
      guard let base = entries.baseAddress else { return }
      for candidate in candidates { sketch_prefetch(base + Int(candidate.entry)) }
      for entry in quoted { sketch_prefetch(base + Int(entry)) }
    }
  }

  /// Short texts are told apart by their bits where both have some, else by how many keys they have in common.
  private mutating func meetShorts(_ sketch: Sketch) {
    met.removeAll(keepingCapacity: true)
    sketch.forEachKey(of: sketch.shorts) { key in bands.forEach(key) { met.append($0) } }
    let own = sketch.bits
    for entry in met where candidates.count < DuplicateIndex.mostShorts {
      let other = bits[Int(entry)]
      if own.isNone || other.isNone {
        let known = candidates.firstIndex { $0.entry == entry }
        if let known { candidates[known].agreement += 4 } else { add(Candidate(entry: entry, agreement: 68)) }
      } else {
        add(Candidate(entry: entry, agreement: other.agreement(own)))
      }
    }
  }

  /// One entry is met by several keys; few get this far, so that going through them is the quickest way to see that.
  @inline(__always)
  private mutating func add(_ candidate: Candidate) {
    for other in candidates where other.entry == candidate.entry { return }
    candidates.append(candidate)
  }

  // MARK: Comparing

  /// Leaves in `alike` the candidates that are near.
  private mutating func measure(_ body: UnsafeBufferPointer<UInt32>) {
    let own = grams.count
    candidates.removeAll { candidate in
      let entry = entries[Int(candidate.entry)]
      // Half in common means that neither has twice as many grams; a text has no more of them than characters.
      let most = entry.grams == 0 ? entry.text.units : entry.grams
      if entry.isRemoved || most * 2 < own || entry.grams > own * 2 { return true }
      sketch_prefetch(texts.start(entry.text))
      sketch_prefetch(texts.start(entry.text) + 64)
      return false
    }
    if candidates.count > DuplicateIndex.mostCompared {
      candidates.sort {
        $0.agreement != $1.agreement
          ? $0.agreement > $1.agreement : entries[Int($0.entry)].number < entries[Int($1.entry)].number
      }
      candidates.removeSubrange(DuplicateIndex.mostCompared...)
    }
    let isShort = body.count < Likeness.shortLength
    if isShort { pairs.load(body) }
    for candidate in candidates {
      let length = read(candidate.entry)
      var likeness = compare(candidate.entry, length) { Likeness.neededForNear($0, $1) }
      if isShort, length < Likeness.shortLength, likeness.kind(bothShort: true) != .near {
        likeness = comparePairs(length)
      }
      if likeness.kind(bothShort: isShort && length < Likeness.shortLength) == .near {
        note(candidate.entry, likeness, similarity: likeness.jaccard)
      }
    }
  }

  /// Leaves in `alike` the entries that contain the text or are contained in it.
  private mutating func measureQuoted(_ own: Sketch.Bits) {
    let size = grams.count
    for index in quoted {
      let entry = entries[Int(index)]
      let units = entry.text.units
      let (shorter, longer) = (min(size, units), max(size, units))
      // At four fifths of the shorter one's grams and under half of all, the longer text has 1.4 times as many.
      if entry.isRemoved || shorter + 2 < Likeness.fewestContained || longer * 4 < shorter * 5 { continue }
      if bits[Int(index)].agreement(own) < leastAgreement(shorter, longer) { continue }
      let length = read(index)
      let likeness = compare(index, length) { min($0, $1) * 4 / 5 }
      if likeness.kind(bothShort: false) == .contained { note(index, likeness, similarity: likeness.containment) }
    }
  }

  /// Agreeing bits of a contained pair of these sizes, two standard deviations less than expected.
  private func leastAgreement(_ shorter: Int, _ longer: Int) -> Int {
    let common = shorter * 4 / 5
    return 64 + 64 * common / max(1, shorter + longer - common) - 11
  }

  private mutating func note(_ entry: UInt32, _ likeness: Likeness, similarity: Double) {
    alike.append(
      Alike(entry: entry, number: entries[Int(entry)].number, similarity: similarity, likeness: likeness))
  }

  /// Decodes an entry's text into `buffer`.
  private mutating func read(_ entry: UInt32) -> Int {
    compared += 1
    return texts.read(entries[Int(entry)].text, into: &buffer)
  }

  /// Compares the text that was read with the loaded one.
  ///
  /// - Parameter needed: common grams that make it worth counting on, from the grams of either.
  private mutating func compare(_ entry: UInt32, _ length: Int, needed: (Int, Int) -> Int) -> Likeness {
    let own = grams.count
    return buffer.withUnsafeBufferPointer { buffer in
      let text = UnsafeBufferPointer(rebasing: buffer[0..<length])
      var other = entries[Int(entry)].grams
      if other == 0 {
        counted.load(text)
        other = counted.count
        entries[Int(entry)].grams = other
      }
      return Likeness(common: grams.common(with: text, needed: needed(own, other)), own: own, other: other)
    }
  }

  private mutating func comparePairs(_ length: Int) -> Likeness {
    buffer.withUnsafeBufferPointer { buffer in
      let text = UnsafeBufferPointer(rebasing: buffer[0..<length])
      countedPairs.load(text)
      let common = pairs.common(with: text, needed: 0)
      return Likeness(common: common, own: pairs.count, other: countedPairs.count, length: 2)
    }
  }

  // MARK: Choosing

  /// The first that nothing sets apart; else the first.
  private mutating func best(
    _ body: UnsafeBufferPointer<UInt32>, place: PlaceClaim, namesOwnPlace: Bool
  ) -> Match? {
    let probe = Differing(body)
    var first: Match?
    for candidate in alike.prefix(DuplicateIndex.mostProbed) {
      let entry = entries[Int(candidate.entry)]
      let length = texts.read(entry.text, into: &buffer)
      var differs = buffer.withUnsafeBufferPointer {
        probe.difference(from: UnsafeBufferPointer(rebasing: $0[0..<length]))
      }
      if differs == .none, !namesOwnPlace || !entry.namesOwnPlace, !place.isCompatible(with: entry.place) {
        differs = .place
      }
      let match = Match(
        kind: candidate.likeness.length == 2 ? .near : candidate.likeness.kind(bothShort: false), number: entry.number,
        suggestion: entry.suggestion, similarity: candidate.similarity, differs: differs, likeness: candidate.likeness)
      if differs == .none { return match }
      if first == nil { first = match }
    }
    return first
  }
}
