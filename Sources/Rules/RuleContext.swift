package import Suggestions

/// What is known of a submission beside its words: what rules may ask for, and where its place is looked for first.
package struct RuleContext: Sendable, Hashable {
  package var channel: Channel?
  /// Index of the station it was written at.
  package var station: Int?
  /// Index of the region its form names.
  package var region: Int?
  /// Index of the ambiguous name its form gives instead.
  package var asked: Int?
  /// The kind its form or its channel declares.
  package var kind: Kind?
  /// When it was handed in, seconds since 1970-01-01T00:00:00Z.
  package var submittedAt: Int64?

  package init(
    channel: Channel? = nil, station: Int? = nil, region: Int? = nil, asked: Int? = nil, kind: Kind? = nil,
    submittedAt: Int64? = nil
  ) {
    self.channel = channel
    self.station = station
    self.region = region
    self.asked = asked
    self.kind = kind
    self.submittedAt = submittedAt
  }
}

/// Under which circumstances a rule may fire; every list that is given must hold, and what is not known holds in none.
package struct Circumstances: Sendable, Hashable {
  package var channels: [Channel] = []
  package var stations: [Int] = []
  /// The region or one that contains it.
  package var regions: [Int] = []
  package var kinds: [Kind] = []
  package var months: CyclicRange?
  /// 1 is Monday.
  package var weekdays: CyclicRange?
  /// Hours of the day as the city's clocks show them.
  package var hours: CyclicRange?
  /// Characters of title and body together, folded.
  package var length: ClosedRange<Int>?

  package var isEmpty: Bool { self == Circumstances() }

  /// - Parameter kind: the declared kind, or the one the rules found.
  /// - Parameter length: characters of the text.
  func hold(_ context: RuleContext, kind: Kind?, place: Int?, length: Int, in book: RuleBook) -> Bool {
    func holds<Value: Equatable>(_ wanted: [Value], _ value: Value?) -> Bool {
      wanted.isEmpty || value.map(wanted.contains) ?? false
    }
    if let wanted = self.length, !wanted.contains(length) { return false }
    guard holds(channels, context.channel), holds(stations, context.station), holds(kinds, kind) else { return false }
    if !regions.isEmpty {
      guard let place, book.chain(ofRegion: place).contains(where: regions.contains) else { return false }
    }
    guard months != nil || weekdays != nil || hours != nil else { return true }
    guard let time = context.submittedAt.map({ CivilTime($0, offset: book.utcOffset) }) else { return false }
    return (months?.contains(time.month) ?? true) && (weekdays?.contains(time.weekday) ?? true)
      && (hours?.contains(time.hour) ?? true)
  }
}

/// From one number to another, across the end where the first is larger: hours 22-5, months 11-2. Both ends count.
package struct CyclicRange: Sendable, Hashable {
  package var first: Int
  package var last: Int

  package func contains(_ value: Int) -> Bool {
    first <= last ? (first...last).contains(value) : value >= first || value <= last
  }

  /// Reads `22-5` or `7`; nil where a number lies outside.
  package init?(_ text: String, in allowed: ClosedRange<Int>) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      .map { Int($0.filter { $0 != " " }) }
    guard let first = parts.first ?? nil, let last = parts.last ?? nil, parts.count <= 2, allowed.contains(first),
      allowed.contains(last)
    else { return nil }
    self.first = first
    self.last = last
  }
}

/// The days on which a rule or a name is in force, both included; days since 1970-01-01.
package struct Validity: Sendable, Hashable {
  package var from: Int?
  package var until: Int?

  package init(from: Int? = nil, until: Int? = nil) {
    self.from = from
    self.until = until
  }

  package var isAlways: Bool { from == nil && until == nil }

  package func holds(on day: Int) -> Bool { (from ?? .min) <= day && day <= (until ?? .max) }
}
