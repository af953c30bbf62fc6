package import Suggestions

/// What a moderation flag puts under the reviewer's finger. A flag never acts: people do.
package struct FlagProposal: Sendable, Hashable {
  package var flag: ModerationFlag
  package var action: CaseAction
  /// The reason a rejection is proposed with.
  package var rejection: RejectionReason?
  /// The urgency a dispatch is proposed with.
  package var urgency: Urgency?
  /// Whether 110, 119, 120 or 122 must hear of it at once, by telephone: a dispatch order is not an emergency call.
  package var handsOver = false
  /// What is proposed where the first is impossible, as for a writer nobody can ask.
  package var otherwise: CaseAction?

  /// The one row of each flag.
  package static let all: [FlagProposal] = [
    // Rough words with a request in them are a request; the rejection is for what has none.
    FlagProposal(flag: .insult, action: .reject, rejection: .insult, otherwise: .dispatch),
    FlagProposal(flag: .advertisement, action: .reject, rejection: .advertisement),
    FlagProposal(
      flag: .emergency, action: .dispatch, rejection: .emergencyLine, urgency: .danger, handsOver: true,
      otherwise: .reject),
    FlagProposal(flag: .otherCity, action: .reject, rejection: .otherRegion),
    FlagProposal(flag: .inCourt, action: .reject, rejection: .inCourt),
    FlagProposal(flag: .noRequest, action: .askWriter, rejection: .noRequest, otherwise: .reject),
    FlagProposal(flag: .discipline, action: .divert, rejection: .discipline),
  ]

  package static func of(_ flag: ModerationFlag) -> FlagProposal? { all.first { $0.flag == flag } }
}
