/// When versions were taken in, by their seals: one entry a batch.
struct IntakeMoments {
  private var batches: [(first: Int, at: Int64)] = []

  init(_ session: any SQLSession) throws(StoreFault) {
    try session.each("SELECT at, payload FROM event WHERE action = 'intake' ORDER BY seq", []) { row in
      if let batch = IntakePayload(row.text(1)) { batches.append((batch.firstSeal, row.integer(0))) }
    }
  }

  /// 0 for a seal no batch holds, which is for ``SuggestionStore/verify()`` to find.
  func moment(of seal: Int) -> Int64 {
    var (low, high) = (0, batches.count)
    while low < high {
      let middle = (low + high) / 2
      if batches[middle].first <= seal { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? 0 : batches[low - 1].at
  }

  /// Of one version, without reading all batches: seals grow with the events of the intake, so halving finds it.
  static func moment(of seal: Int, _ session: any SQLSession) throws(StoreFault) -> Int64 {
    var low = 1
    var high = Int(try session.integer("SELECT coalesce(max(seq), 0) FROM event"))
    while low <= high {
      let middle = (low + high) / 2
      let found = try session.first(
        "SELECT seq, at, payload FROM event WHERE action = 'intake' AND seq >= $1 AND seq <= $2 ORDER BY seq LIMIT 1",
        [.integer(middle), .integer(high)]
      ) { (Int($0.integer(0)), $0.integer(1), $0.text(2)) }
      guard let (sequence, at, payload) = found, let batch = IntakePayload(payload) else {
        high = middle - 1
        continue
      }
      if batch.holds(seal) { return at }
      if seal < batch.firstSeal { high = middle - 1 } else { low = sequence + 1 }
    }
    return 0
  }
}
