internal import Matching

/// Which hits of a text count for rules whose verdicts compete.
///
/// A hit inside a longer keyword that alone would set off another rule is *shaded*: it counts for a rule of the same
/// verdict only, so that of 电动汽车 and 电动 the longer one decides. A hit the writer negates (不是路灯的问题) does not
/// count. One pass over the hits; what is shaded by whom is asked only where it matters.
struct HitMarks {
  /// What holds for a hit, and for a keyword the union over its hits.
  struct State: OptionSet {
    let rawValue: UInt8
    static let free = State(rawValue: 1)
    static let shaded = State(rawValue: 2)
    static let negated = State(rawValue: 4)
  }

  private var generation: UInt32 = 0
  private var stamp: [UInt32]
  private var states: [UInt8]
  /// Per hit of the last text.
  private(set) var ofHit: [UInt8] = []
  /// Hits of place names that no longer place name contains.
  private(set) var places: [Int32] = []

  /// Characters in the longest keyword: how far one hit can reach over another.
  private let longest: Int

  init(_ keywords: [[UInt32]]) {
    stamp = Array(repeating: 0, count: keywords.count)
    states = Array(repeating: 0, count: keywords.count)
    longest = keywords.map(\.count).max() ?? 0
  }

  mutating func take(
    _ hits: borrowing HitBuffer, of text: UnsafeBufferPointer<UInt32>, _ roles: [KeywordRole], gap: Int
  ) {
    places.removeAll(keepingCapacity: true)
    let union = shade(hits, roles)
    if !union.isDisjoint(with: [.negatesNext, .negatesPrevious]) {
      negate(hits, text, roles, gap: gap)
    }
    generation &+= 1
    for index in 0..<hits.count {
      let keyword = Int(hits.base[index].keyword)
      if stamp[keyword] == generation {
        states[keyword] |= ofHit[index]
      } else {
        stamp[keyword] = generation
        states[keyword] = ofHit[index]
      }
    }
  }

  /// From the last hit back, keeping how far left the longer ones reach that end here or later.
  private mutating func shade(_ hits: borrowing HitBuffer, _ roles: [KeywordRole]) -> KeywordRole {
    ofHit.removeAll(keepingCapacity: true)
    ofHit.append(contentsOf: repeatElement(State.free.rawValue, count: hits.count))
    var union: KeywordRole = []
    var covered = UInt32.max
    var coveredByPlace = UInt32.max
    var last = hits.count - 1
    while last >= 0 {
      let end = hits.base[last].end
      var first = last
      while first > 0, hits.base[first - 1].end == end { first -= 1 }
      // Hits with one end come longest first.
      for index in first...last {
        let hit = hits.base[index]
        let role = roles[Int(hit.keyword)]
        union.formUnion(role)
        if covered <= hit.start { ofHit[index] = State.shaded.rawValue }
        if role.contains(.decides) { covered = min(covered, hit.start) }
        if role.contains(.place) {
          if coveredByPlace > hit.start { places.append(Int32(index)) }
          coveredByPlace = min(coveredByPlace, hit.start)
        }
      }
      last = first - 1
    }
    // In the order of the text.
    places.reverse()
    return union
  }

  private mutating func negate(
    _ hits: borrowing HitBuffer, _ text: UnsafeBufferPointer<UInt32>, _ roles: [KeywordRole], gap: Int
  ) {
    for index in 0..<hits.count {
      let hit = hits.base[index]
      let role = roles[Int(hit.keyword)]
      guard role.contains(.negatesNext) || role.contains(.negatesPrevious) else { continue }
      // A longer word makes something else of it: 是不是.
      let isExcepted = containing(index, hits) { roles[Int($0.keyword)].contains(.keepsFromNegating) }
      if isExcepted { continue }
      if role.contains(.negatesNext), !isUndone(after: index, hits, roles, text) {
        var reach = Int(hit.end)
        while reach < min(text.count, Int(hit.end) + gap), !Sentences.isPunctuation(text[reach]) { reach += 1 }
        for other in index..<hits.count {
          if Int(hits.base[other].end) > reach + longest { break }
          if hits.base[other].start >= hit.end, Int(hits.base[other].start) <= reach { negate(other) }
        }
      }
      if role.contains(.negatesPrevious) {
        var reach = Int(hit.start)
        while reach > max(0, Int(hit.start) - gap), !Sentences.isPunctuation(text[reach - 1]) { reach -= 1 }
        for other in stride(from: index, through: 0, by: -1) {
          if Int(hits.base[other].end) < reach { break }
          if hits.base[other].end <= hit.start { negate(other) }
        }
      }
    }
  }

  private mutating func negate(_ hit: Int) { ofHit[hit] = State.negated.rawValue }

  /// Whether the sentence soon goes on in a way that takes the negation back: 不是路灯坏了就是井盖破了.
  private func isUndone(
    after index: Int, _ hits: borrowing HitBuffer, _ roles: [KeywordRole], _ text: UnsafeBufferPointer<UInt32>
  ) -> Bool {
    let from = hits.base[index].end
    for other in index..<hits.count {
      let hit = hits.base[other]
      if hit.end > from + HitMarks.undoneWithin { break }
      guard roles[Int(hit.keyword)].contains(.undoesNegation), hit.start >= from else { continue }
      if !(from..<hit.start).contains(where: { Sentences.isEnd(text, at: Int($0)) }) { return true }
    }
    return false
  }

  private static let undoneWithin: UInt32 = 40

  /// Whether a longer hit that is as wanted contains this one.
  func containing(_ index: Int, _ hits: borrowing HitBuffer, where isWanted: (Hit) -> Bool) -> Bool {
    let hit = hits.base[index]
    var other = index - 1
    while other >= 0, hits.base[other].end == hit.end {
      if hits.base[other].start < hit.start, isWanted(hits.base[other]) { return true }
      other -= 1
    }
    other = index + 1
    while other < hits.count, Int(hits.base[other].end) <= Int(hit.start) + longest {
      let candidate = hits.base[other]
      if candidate.start <= hit.start, candidate.end > hit.end, isWanted(candidate) { return true }
      other += 1
    }
    return false
  }

  // MARK: Keywords

  /// Whether a keyword stands anywhere in the text, in whatever state.
  @inline(__always)
  func isThere(_ keyword: UInt32) -> Bool { stamp[Int(keyword)] == generation }

  /// Whether it may count; certain when `isFree`.
  @inline(__always)
  func mayCount(_ keyword: UInt32) -> Bool {
    isThere(keyword) && states[Int(keyword)] != State.negated.rawValue
  }

  /// Whether it counts for every rule.
  @inline(__always)
  func isFree(_ keyword: UInt32) -> Bool {
    isThere(keyword) && states[Int(keyword)] & State.free.rawValue != 0
  }

  /// Counts the next text as having no hits.
  mutating func clear() {
    generation &+= 1
    places.removeAll(keepingCapacity: true)
  }
}

/// What else a keyword of the automaton is, besides a word of rules.
struct KeywordRole: OptionSet {
  let rawValue: UInt8
  /// Alone sets off a rule whose verdict competes.
  static let decides = KeywordRole(rawValue: 1)
  static let place = KeywordRole(rawValue: 2)
  static let negatesNext = KeywordRole(rawValue: 4)
  static let negatesPrevious = KeywordRole(rawValue: 8)
  static let keepsFromNegating = KeywordRole(rawValue: 16)
  static let undoesNegation = KeywordRole(rawValue: 32)
}

/// Words by which a writer says what something is not.
package struct Negation: Sendable, Hashable {
  /// 不是, before what is denied.
  package var before: [UInt32] = []
  /// 无关, after what is denied.
  package var after: [UInt32] = []
  /// Characters that may stand between.
  package var gap = 2
  /// Longer words that deny nothing: 是不是.
  package var except: [UInt32] = []
  /// What takes it back within the sentence: 就是, 吗.
  package var undoneBy: [UInt32] = []
}
