package import Suggestions

/// Everything people may know of one suggestion without opening what is sealed.
package struct SuggestionDetail: Sendable {
  package var id: Int
  package var receipt: String
  package var version: Int
  package var state: String
  package var track: String
  package var kind: String
  package var urgency: String
  package var topic: String?
  package var region: String?
  package var station: String?
  package var lead: String?
  package var tier: String
  package var priority: Int
  package var support: Int
  /// What a person decided: `topic`, `kind`, `lead`.
  package var decided: [String]
  /// How many submissions it stands for; ``members`` holds the first of them.
  package var submissions: Int
  package var submittedAt: Int64?
  /// Suggestions that were merged into it, by number, each with the one it was put into.
  package var merged: [(id: Int, into: Int)]
  /// The suggestion it was split out of.
  package var splitFrom: Int?
  /// What was split out of it and not put back, by number.
  package var parts: [SplitPart] = []
  /// All cases of its matter by number, itself too; empty for a matter that never came again.
  package var cases: [MatterCase]
  /// The suggestion it nearly repeats.
  package var leader: NearSuggestion?
  /// Suggestions that nearly repeat it, earliest first, a hundred at most.
  package var followers: [NearSuggestion]
  package var members: [SubmissionDetail]
  /// Events that touch it: the batches its versions came with, and each opening of what is sealed.
  package var events: [HistoryLine]

  /// Set where it takes up a matter that was done with.
  package var recurrence: Recurrence? { Recurrence(id, among: cases.map(\.id)) }
}

/// A suggestion that says nearly the same as another.
package struct NearSuggestion: Sendable {
  package var link: NearLink
  package var receipt: String
  package var title: String
  package var excerpt: String
  /// The whole text as people may read it.
  package var body: String
  /// The text of the shown suggestion it was compared with, and the number of its submission.
  package var ownBody: String
  package var ownSubmission: Int
}

/// One submission with the verdict on it.
package struct SubmissionDetail: Sendable {
  package var number: Int
  package var receipt: String
  package var source: String
  package var externalID: String
  package var revision: Int
  package var submittedAt: Int64?
  package var channel: String
  package var title: String
  package var body: String
  package var attributes: [(name: String, text: String)]
  /// Hexadecimal digits.
  package var digest: String
  /// `none`, `exact`, `near` or `contained`; with a leader unless it is `none`.
  package var duplicate: String
  package var leader: Int?
  /// `source/external id` of the leader.
  package var leaderName: String?
  package var score: Int
  package var differs: String?
  package var verdict: VerdictDetail
  /// Verdicts of other rule books before the current one, the first of them first.
  package var earlierVerdicts: [EarlierVerdict]
  /// Its versions before the current one.
  package var earlier: [EarlierVersion]
}

/// A verdict that another rule book's took the place of.
package struct EarlierVerdict: Sendable {
  package var book: String?
  package var topic: String?
  package var kind: String
  package var track: String
  package var urgency: String
  package var region: String?
  package var lead: String?
  package var score: Int
  package var certainty: Certainty
  /// Number of the event that replaced it.
  package var event: Int
}

package struct EarlierVersion: Sendable {
  package var revision: Int
  package var submittedAt: Int64?
  package var channel: String
  package var title: String
  package var body: String
  package var attributes: [(name: String, text: String)]
  package var digest: String
  package var kind: String
  package var topic: String?
  package var book: String?
}

/// A verdict with its evidence, numbers turned into codes.
package struct VerdictDetail: Sendable {
  /// What a rule found. The span is in Unicode scalars of the displayed title or body.
  package struct Evidence: Sendable, Hashable {
    package var rule: String
    package var inTitle: Bool
    package var start: Int
    package var count: Int
    package var text: String
  }

  package var kind: String
  package var act: String
  package var track: String
  package var urgency: String
  package var topic: String?
  package var region: String?
  package var station: String?
  package var lead: String?
  package var tier: String
  package var coHandlers: [String]
  package var priority: Int
  package var score: Int
  package var runnerUp: Int
  package var certainty: Certainty
  /// Codes of other topics of the same text, best first.
  package var furtherTopics: [String]
  /// Nil where the fallback decided.
  package var route: String?
  package var asked: String?
  package var flags: [String]
  package var cuts: [String]
  package var book: String?
  package var evidence: [Evidence]
}

/// An event as people read it.
package struct HistoryLine: Sendable, Hashable {
  package var sequence: Int
  package var at: Int64
  package var actor: String
  package var action: String
  package var subject: Int
  /// JSON.
  package var payload: String
}
