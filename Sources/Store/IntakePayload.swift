/// What the event of a batch says: which seals it took, what it counted, and the digest over its versions.
struct IntakePayload {
  var firstSeal: Int
  /// One less than the first when the batch held set-aside records only.
  var lastSeal: Int
  var new: Int
  var revised: Int
  /// Set-aside records kept; their seals follow the last version's.
  var quarantined: Int
  /// Hexadecimal digits.
  var rows: String

  /// Nil when the payload is not one of a batch.
  init?(_ payload: EventPayload) {
    guard let firstSeal = payload.number("first_seal"), firstSeal > 0, let lastSeal = payload.number("last_seal"),
      let new = payload.number("new"), let revised = payload.number("revised"),
      let quarantined = payload.number("quarantined"), let rows = payload.text("rows"), rows.utf8.count == 64
    else { return nil }
    self.firstSeal = firstSeal
    self.lastSeal = lastSeal
    self.new = new
    self.revised = revised
    self.quarantined = quarantined
    self.rows = rows
  }

  init?(_ payload: String) { self.init(EventPayload(payload)) }

  /// Whether a version or a set-aside record was taken in with this batch.
  func holds(_ seal: Int) -> Bool { seal >= firstSeal && seal <= lastSeal &+ quarantined }
}
