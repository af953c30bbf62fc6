package import Casework
package import Store

/// Names and sentences of one language that come from rooms the console does not see: the rule book's names, the words
/// for codes, the sentences for refusals.
package struct Phrasebook: Sendable {
  /// Word for a code of a state, kind, channel, flag, event …
  package var word: @Sendable (String) -> String
  package var act: @Sendable (CaseAction) -> String
  package var need: @Sendable (CaseNeed) -> String
  package var role: @Sendable (CaseRole) -> String
  package var rejection: @Sendable (RejectionReason) -> String
  package var outcome: @Sendable (CaseOutcome) -> String
  package var clock: @Sendable (ClockKind) -> String
  package var clockStatus: @Sendable (ClockReading.Status) -> String
  package var topic: @Sendable (String?) -> String?
  /// First level to last.
  package var topicPath: @Sendable (String?) -> String?
  package var region: @Sendable (String?) -> String?
  package var station: @Sendable (String?) -> String?
  package var handler: @Sendable (CaseHandler) -> String
  package var department: @Sendable (_ code: String?, _ tier: String?, _ region: String?) -> String?
  package var refusal: @Sendable (CaseActRefusal) -> String
  package var splitRefusal: @Sendable (SplitRefusal) -> String
  package var fault: @Sendable (StoreFault) -> String
  /// `2025-07-14 09:12`, of seconds since 1970.
  package var moment: @Sendable (Int64) -> String

  package init(
    word: @escaping @Sendable (String) -> String, act: @escaping @Sendable (CaseAction) -> String,
    need: @escaping @Sendable (CaseNeed) -> String, role: @escaping @Sendable (CaseRole) -> String,
    rejection: @escaping @Sendable (RejectionReason) -> String, outcome: @escaping @Sendable (CaseOutcome) -> String,
    clock: @escaping @Sendable (ClockKind) -> String,
    clockStatus: @escaping @Sendable (ClockReading.Status) -> String,
    topic: @escaping @Sendable (String?) -> String?, topicPath: @escaping @Sendable (String?) -> String?,
    region: @escaping @Sendable (String?) -> String?, station: @escaping @Sendable (String?) -> String?,
    handler: @escaping @Sendable (CaseHandler) -> String,
    department: @escaping @Sendable (_ code: String?, _ tier: String?, _ region: String?) -> String?,
    refusal: @escaping @Sendable (CaseActRefusal) -> String,
    splitRefusal: @escaping @Sendable (SplitRefusal) -> String, fault: @escaping @Sendable (StoreFault) -> String,
    moment: @escaping @Sendable (Int64) -> String
  ) {
    self.word = word
    self.act = act
    self.need = need
    self.role = role
    self.rejection = rejection
    self.outcome = outcome
    self.clock = clock
    self.clockStatus = clockStatus
    self.topic = topic
    self.topicPath = topicPath
    self.region = region
    self.station = station
    self.handler = handler
    self.department = department
    self.refusal = refusal
    self.splitRefusal = splitRefusal
    self.fault = fault
    self.moment = moment
  }
}
