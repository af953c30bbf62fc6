/// 经手记录: the way of an entry from the book on the wall to the answer, as far as it is known.
package struct CustodyTrail: Sendable, Hashable {
  package enum Step: UInt8, CaseIterable, Comparable, Sendable {
    /// 写下, by the date beside the entry.
    case written = 0
    /// 收回: the book was closed and taken from the wall.
    case collected = 1
    /// 转录, where the transcript says when.
    case transcribed = 2
    /// 收件: taken in by the platform.
    case submitted = 3
    /// 答复, or why it was not taken up.
    case answered = 4
    /// 告知: somebody brought the answer back.
    case told = 5

    package var code: String {
      switch self {
      case .written: "written"
      case .collected: "collected"
      case .transcribed: "transcribed"
      case .submitted: "submitted"
      case .answered: "answered"
      case .told: "told"
      }
    }

    package static func < (left: Step, right: Step) -> Bool { left.rawValue < right.rawValue }
  }

  /// Seconds since 1970; steps that are not known, or have not come, are missing.
  package private(set) var moments: [Step: Int64] = [:]

  /// A step before the intake that is dated after it, or a later one before it, was not a step of this entry: a page
  /// copied out while the book hung was not collected with it, and what repeats a case was answered before it was
  /// written. Such a step is not known.
  package init(_ moments: [Step: Int64]) {
    self.moments = moments
    guard let submitted = moments[.submitted] else { return }
    for step in [Step.collected, .transcribed] where moments[step].map({ $0 > submitted }) ?? false {
      self.moments[step] = nil
    }
    for step in [Step.answered, .told] where moments[step].map({ $0 < submitted }) ?? false {
      self.moments[step] = nil
    }
  }

  /// A stretch between two steps that are known, with nothing known between them.
  package struct Lag: Sendable, Hashable {
    package var from: Step
    package var to: Step
    package var seconds: Int64

    package init(from: Step, to: Step, seconds: Int64) {
      self.from = from
      self.to = to
      self.seconds = seconds
    }
  }

  /// In the order of the steps. Dates that contradict each other (written after the book was closed) give none.
  package var lags: [Lag] {
    let known = Step.allCases.filter { moments[$0] != nil }
    return zip(known, known.dropFirst()).compactMap { from, to in
      guard let start = moments[from], let end = moments[to], end >= start else { return nil }
      return Lag(from: from, to: to, seconds: end - start)
    }
  }

  /// Steps before the last known one of which nothing is known.
  package var unknown: [Step] {
    guard let last = moments.keys.max() else { return [] }
    return Step.allCases.filter { $0 < last && moments[$0] == nil }
  }
}

/// The lags of many entries together.
package struct CustodyLags: Sendable, Hashable {
  package struct Line: Sendable, Hashable {
    package var from: CustodyTrail.Step
    package var to: CustodyTrail.Step
    package var count: Int
    /// Of an even number the lower of the two in the middle, so that it is one that happened.
    package var median: Int64

    package init(from: CustodyTrail.Step, to: CustodyTrail.Step, count: Int, median: Int64) {
      self.from = from
      self.to = to
      self.count = count
      self.median = median
    }
  }

  /// By steps.
  package var lines: [Line]
  /// Of how many entries a step is not known although a later one is.
  package var unknown: [CustodyTrail.Step: Int]

  package init(_ trails: [CustodyTrail]) {
    var seconds: [[CustodyTrail.Step]: [Int64]] = [:]
    unknown = [:]
    for trail in trails {
      for lag in trail.lags { seconds[[lag.from, lag.to], default: []].append(lag.seconds) }
      for step in trail.unknown { unknown[step, default: 0] += 1 }
    }
    lines = seconds.map { steps, values in
      let sorted = values.sorted()
      return Line(from: steps[0], to: steps[1], count: sorted.count, median: sorted[(sorted.count - 1) / 2])
    }.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
  }
}
