/// 计数: what the cases of one group add up to. As large as its samples of time, four bytes each.
struct CaseTally {
  /// Times that quantiles are made from.
  enum Series {
    case response
    case used(ClockKind)

    var slot: Int {
      switch self {
      case .response: 0
      case .used(let clock): 1 + Int(clock.rawValue)
      }
    }

    init?(slot: Int) {
      if slot == 0 {
        self = .response
      } else if let clock = UInt8(exactly: slot - 1).flatMap(ClockKind.init(rawValue:)) {
        self = .used(clock)
      } else {
        return nil
      }
    }

    /// What is made from it.
    func makes(_ indicator: CaseIndicator) -> Bool {
      switch (self, indicator) {
      case (.response, .responseMedian), (.response, .responseP90): true
      case (.used(let own), .usedMean(let clock)), (.used(let own), .usedMedian(let clock)),
        (.used(let own), .usedP90(let clock)):
        own == clock
      default: false
      }
    }
  }

  private var parts = [Int](repeating: 0, count: CaseIndicator.all.count)
  private var wholes = [Int](repeating: 0, count: CaseIndicator.all.count)
  private var samples = [[Int32]](repeating: [], count: 1 + ClockKind.allCases.count)

  static let slots: [CaseIndicator: Int] = Dictionary(
    uniqueKeysWithValues: CaseIndicator.all.enumerated().map { ($1, $0) })

  mutating func add(_ observation: CaseObservation, times: Int = 1) {
    switch observation.what {
    case .count(let indicator, let count):
      if let slot = CaseTally.slots[indicator] { parts[slot] += count * times }
    case .share(let indicator, let isPart):
      guard let slot = CaseTally.slots[indicator] else { return }
      wholes[slot] += times
      if isPart { parts[slot] += times }
    case .sample(let series, let seconds):
      samples[series.slot].append(contentsOf: repeatElement(Int32(clamping: max(0, seconds)), count: times))
    }
  }

  mutating func add(_ observations: some Sequence<CaseObservation>) {
    for observation in observations { add(observation) }
  }

  mutating func add(_ other: CaseTally) {
    for slot in parts.indices {
      parts[slot] += other.parts[slot]
      wholes[slot] += other.wholes[slot]
    }
    for slot in samples.indices { samples[slot] += other.samples[slot] }
  }

  /// One figure of each indicator, in the order of ``CaseIndicator/all``.
  var figures: [CaseFigure] {
    let sorted = samples.map { $0.sorted() }
    return CaseIndicator.all.enumerated().map { slot, indicator in
      switch indicator {
      case .received, .submissions, .support, .contributions: .count(indicator, parts[slot])
      case .responseMedian: .quantile(indicator, 50, of: sorted[Series.response.slot])
      case .responseP90: .quantile(indicator, 90, of: sorted[Series.response.slot])
      case .usedMedian(let clock): .quantile(indicator, 50, of: sorted[Series.used(clock).slot])
      case .usedP90(let clock): .quantile(indicator, 90, of: sorted[Series.used(clock).slot])
      case .usedMean(let clock):
        .ratio(
          indicator, samples[Series.used(clock).slot].reduce(0) { $0 + Int($1) },
          of: samples[Series.used(clock).slot].count)
      default: .ratio(indicator, parts[slot], of: wholes[slot])
      }
    }
  }
}

/// One thing seen in one case.
struct CaseObservation {
  enum What {
    case count(CaseIndicator, Int)
    case share(CaseIndicator, isPart: Bool)
    case sample(CaseTally.Series, Int64)
  }

  var what: What
  /// Whose it is when figures are made by department; nil for the platform's own.
  var unit: CaseHandler?
}
