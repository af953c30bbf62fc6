package import Suggestions

/// Which suggestions a list shows, and in what order.
///
/// A set that is nil asks nothing, an empty one lets nothing through. Codes are those of the rule book; what lies
/// inside a topic or a region has to be named too. The empty code stands for those that have none.
package struct ReviewFilter: Sendable, Hashable {
  package enum Order: String, CaseIterable, Sendable {
    /// The most points first, then the earliest: 最急的在前.
    case priority
    /// By when they came in.
    case newest, oldest
    /// 附议最多的在前, then the earliest.
    case support
  }

  /// 认领.
  package enum Claim: Sendable, Hashable {
    /// In somebody's hands.
    case anybody
    case nobody
    case by(String)
  }

  /// 搁置.
  package enum Snooze: Sendable, Hashable {
    case awake, asleep, either
  }

  package var tracks: Set<Track>
  package var states: Set<CaseState>
  package var order = Order.priority
  package var topics: Set<String>?
  package var regions: Set<String>?
  package var leads: Set<String>?
  package var stations: Set<String>?
  package var kinds: Set<Kind>?
  package var urgencies: Set<Urgency>?
  /// Of the submission that opened it.
  package var channels: Set<Channel>?
  /// Any of these.
  package var flags: Set<ModerationFlag>?
  /// Whether it is linked to another that says nearly the same.
  package var hasNear: Bool?
  /// Whether people are asked which of several places is meant.
  package var isAsked: Bool?
  /// Handed in from then on, and before then; seconds since 1970. What says no date is left out where either is set.
  package var since: Int64?
  package var until: Int64?
  package var claim: Claim?
  package var snooze = Snooze.awake
  /// None but these.
  package var ids: Set<Int>?
  /// When claims and snoozes are over by; seconds since 1970. Nil: each stands until somebody, or the program, ends it.
  package var moment: Int64?

  /// The review queue of some tracks.
  package init(tracks: Set<Track>, states: Set<CaseState> = [.pending], at moment: Int64? = nil) {
    self.tracks = tracks
    self.states = states
    self.moment = moment
  }

  /// Every suggestion of some tracks, wherever it stands.
  package static func everything(_ tracks: Set<Track>, at moment: Int64? = nil) -> ReviewFilter {
    var filter = ReviewFilter(tracks: tracks, states: Set(CaseState.allCases), at: moment)
    filter.snooze = .either
    return filter
  }
}

/// A place in an ordered list: what the list is ordered by, and the suggestion. The list goes on behind it whatever has
/// left or joined it meanwhile.
package struct QueuePlace: Sendable, Hashable {
  /// Priority or support; 0 where the number alone orders.
  package var key: Int
  package var id: Int

  package init(key: Int, id: Int) {
    self.key = key
    self.id = id
  }

  /// `40.1234`, for an address.
  package var text: String { "\(key).\(id)" }

  /// Nil for what is no place.
  package init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let key = Int(parts[0]), let id = Int(parts[1]), key >= 0, id >= 0 else { return nil }
    self.init(key: key, id: id)
  }

  func precedes(_ other: QueuePlace, in order: ReviewFilter.Order) -> Bool {
    switch order {
    case .priority, .support: key != other.key ? key > other.key : id < other.id
    case .newest: id > other.id
    case .oldest: id < other.id
    }
  }
}

/// A part of the queue.
package struct ReviewPage: Sendable {
  package var items: [QueueItem] = []
  /// Where the next page goes on; nil when nothing follows.
  package var next: QueuePlace?
  /// The page ends before it is full, as finding more would take too long: what is asked for is rare in a long queue.
  /// The next page goes on looking.
  package var isCut = false
}
