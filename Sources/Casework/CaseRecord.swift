package import Suggestions

/// 一件事项及其来历: a case with what figures need to know of it beside its events. What people corrected stands in the
/// history and goes before what is said here, which is the machine's.
package struct CaseRecord: Sendable, Hashable {
  /// Number of the suggestion.
  package var id: Int
  package var history: CaseHistory
  /// Code of the smallest region it is known to lie in.
  package var region: String?
  package var topic: String?
  /// Code of the department that was proposed.
  package var lead: String?
  package var station: String?
  /// Code of the channel its first submission came through.
  package var channel: String
  /// Which rule proposed the department; nil where only topic and department are known.
  package var route: String?
  package var track: Track
  /// 附议: how many people it speaks for, those of the suggestions merged into it too.
  package var support: Int
  /// 来件: how many submissions it stands for, those of the suggestions merged into it too; so that what is merged
  /// counts there and nowhere else.
  package var submissions: Int
  /// Handled with another suggestion now.
  package var isMerged: Bool
  /// Whether a reporter (移动信息员) found it; nil where that is not known.
  package var isDiscovered: Bool?
  /// When the platform took it in first; seconds since 1970.
  package var receivedAt: Int64
  /// When the writer says it was written.
  package var submittedAt: Int64?

  package init(
    id: Int, history: CaseHistory, region: String? = nil, topic: String? = nil, lead: String? = nil,
    station: String? = nil, channel: String, route: String? = nil, track: Track = .ordinary, support: Int = 1,
    submissions: Int = 1, isMerged: Bool = false, isDiscovered: Bool? = nil, receivedAt: Int64,
    submittedAt: Int64? = nil
  ) {
    self.id = id
    self.history = history
    self.region = region
    self.topic = topic
    self.lead = lead
    self.station = station
    self.channel = channel
    self.route = route
    self.track = track
    self.support = support
    self.submissions = submissions
    self.isMerged = isMerged
    self.isDiscovered = isDiscovered
    self.receivedAt = receivedAt
    self.submittedAt = submittedAt
  }
}
