internal import Suggestions

/// How often a sign-in may fail, and how long one lasts. All in seconds.
package struct SignInLimits: Sendable, Hashable {
  /// Failures for one name within ``window`` before it is locked.
  package var perName = 10
  /// The same for one address, behind which a whole office may sit.
  package var perAddress = 50
  package var window: Int64 = 15 * 60
  package var lock: Int64 = 15 * 60
  /// A session ends when nothing is done for so long.
  package var idle: Int64 = 30 * 60
  /// A session ends after so long whatever is done: a working day with overtime.
  package var absolute: Int64 = 12 * 60 * 60
  /// A click is written down at most so often, so that reading does not write; a session may end that much early.
  package var seenEvery: Int64 = 60

  package init() {}

  package static let standard = SignInLimits()
}

/// Counts failed sign-ins, for names that exist and for names that do not. An attempt counts when it begins and is
/// taken back when it succeeds, so that a thousand begun at once are as bounded as a thousand one after another.
///
/// Whoever knows a name can keep its user from signing in by failing on purpose; sessions that run go on, and setting a
/// password on the command line lets the name in again.
struct SignInThrottle {
  private let name: Int64
  private let address: Int64?

  /// What is counted is found by a number that only the store's secret leads to.
  init(_ store: SuggestionStore, name: String, address: String? = nil) throws(StoreFault) {
    self.name = Int64(bitPattern: try store.keys.derived("sign-in name " + AccountName.folded(name)))
    var number: Int64?
    if let address { number = Int64(bitPattern: try store.keys.derived("sign-in address " + address)) }
    self.address = number
  }

  enum Begun: Equatable {
    case refused(until: Int64)
    /// This one may be tried; if it fails, the next may not before `lockedUntil`.
    case counted(lockedUntil: Int64?)
  }

  func begin(at moment: Int64, _ limits: SignInLimits, _ session: any SQLSession) throws(StoreFault) -> Begun {
    // What is over is forgotten, so that made-up names do not pile up.
    try session.execute(
      "DELETE FROM sign_in_attempt WHERE since <= $1 AND locked_until <= $2",
      [.integer(moment - limits.window), .integer(moment)])
    var counts = [(key: name, most: limits.perName)]
    if let address { counts.append((address, limits.perAddress)) }
    let before = try counts.map { count throws(StoreFault) in
      try session.first(
        "SELECT since, failures, locked_until FROM sign_in_attempt WHERE key = $1", [.integer(count.key)]
      ) { (since: $0.integer(0), failures: Int($0.integer(1)), lockedUntil: $0.integer(2)) }
    }
    // A clock that was set back must not lock anybody for longer than a lock lasts.
    let locks = before.compactMap { $0?.lockedUntil }.filter { $0 > moment && $0 <= moment + limits.lock }
    if let until = locks.max() { return .refused(until: until) }
    var last: Int64?
    for (count, known) in zip(counts, before) {
      let isOver = known.map { $0.lockedUntil > 0 || $0.since <= moment - limits.window } ?? true
      let failures = isOver ? 1 : (known?.failures ?? 0) + 1
      let lockedUntil = failures >= count.most ? moment + limits.lock : 0
      if lockedUntil > 0 { last = lockedUntil }
      try session.execute("DELETE FROM sign_in_attempt WHERE key = $1", [.integer(count.key)])
      try session.execute(
        "INSERT INTO sign_in_attempt (key, since, failures, locked_until) VALUES ($1, $2, $3, $4)",
        [
          .integer(count.key), .integer(isOver ? moment : known?.since ?? moment), .integer(failures),
          .integer(lockedUntil),
        ])
    }
    return .counted(lockedUntil: last)
  }

  /// The one that began succeeded: the name starts anew, and the address has it back.
  func succeed(_ session: any SQLSession) throws(StoreFault) {
    try forget(session)
    guard let address else { return }
    try session.execute(
      "UPDATE sign_in_attempt SET failures = failures - 1, locked_until = 0 WHERE key = $1", [.integer(address)])
  }

  /// The name's failures never were.
  func forget(_ session: any SQLSession) throws(StoreFault) {
    try session.execute("DELETE FROM sign_in_attempt WHERE key = $1", [.integer(name)])
  }
}
