package import Suggestions

/// What is known of a case beside what people did: the machine's verdict, for people to correct.
package struct CaseOpening: Sendable, Hashable {
  package var kind: Kind
  package var track: Track
  package var urgency: Urgency
  package var topic: String
  /// The smallest region first, then those it lies in, as far as the city.
  package var regions: [String]
  /// The station whose book or keeper it came through.
  package var station: String?
  /// Whose it seems to be.
  package var lead: CaseLead?
  /// When the writer says it was written; seconds since 1970.
  package var submittedAt: Int64?
  /// When the platform took it in.
  package var receivedAt: Int64

  package init(
    kind: Kind, track: Track = .ordinary, urgency: Urgency = .ordinary, topic: String = "", regions: [String] = [],
    station: String? = nil, lead: CaseLead? = nil, submittedAt: Int64? = nil, receivedAt: Int64
  ) {
    self.kind = kind
    self.track = track
    self.urgency = urgency
    self.topic = topic
    self.regions = regions
    self.station = station
    self.lead = lead
    self.submittedAt = submittedAt
    self.receivedAt = receivedAt
  }
}

/// 办理事件: one act on a case as the history keeps it. The state of a case is the fold of these and nothing else.
package struct CaseEvent: Sendable, Hashable {
  /// From 1, without gaps, within the case.
  package var number: Int
  package var actor: String
  package var role: CaseRole
  package var unit: CaseHandler?
  /// Seconds since 1970.
  package var at: Int64
  package var action: CaseAction
  package var before: CaseState
  package var after: CaseState
  package var details: CaseDetails
  /// What the machine said of the case when this was done, for what is done to a case that waits for review: until
  /// somebody takes it up, its verdict follows the text and the rule book.
  package var given: CaseOpening?

  package init(
    number: Int, actor: String, role: CaseRole, unit: CaseHandler? = nil, at: Int64, action: CaseAction,
    before: CaseState, after: CaseState, details: CaseDetails = CaseDetails(), given: CaseOpening? = nil
  ) {
    self.number = number
    self.actor = actor
    self.role = role
    self.unit = unit
    self.at = at
    self.action = action
    self.before = before
    self.after = after
    self.details = details
    self.given = given
  }
}
