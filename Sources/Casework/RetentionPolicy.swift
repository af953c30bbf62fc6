package import Suggestions

/// 保存期限: for how many days what is personal is kept once nobody needs it any more. Read from `rules/retention.yaml`.
package struct RetentionPolicy: Sendable, Hashable {
  /// Cases whose originals and contacts are kept, however long ago they ended.
  package enum Exemption: String, CaseIterable, Sendable {
    /// 敏感通道.
    case sensitive
    /// 重办过: somebody was not content with the first result.
    case reopened

    package var code: String { rawValue }
  }

  /// States in which a case rests, and its originals may go.
  package static let states: [CaseState] = [.closed, .rejected, .archived]
  /// Seconds.
  package static let day: Int64 = 86_400

  /// Days after the last act on a case that rests in this state. A state without days keeps them for good.
  package var originals: [CaseState: Int]
  package var exempt: Set<Exemption>
  /// Days after a set-aside record was settled; nil keeps its bytes for good.
  package var quarantine: Int?
  /// Days after a message was sent or cancelled.
  package var settledMessages: Int
  /// Days after a message was given up.
  package var failedMessages: Int
  /// Days after a session was over, or a failed sign-in was counted last.
  package var sessions: Int

  package init(
    originals: [CaseState: Int] = [:], exempt: Set<Exemption> = [], quarantine: Int? = nil, settledMessages: Int = 30,
    failedMessages: Int = 90, sessions: Int = 1
  ) {
    self.originals = originals
    self.exempt = exempt
    self.quarantine = quarantine
    self.settledMessages = settledMessages
    self.failedMessages = failedMessages
    self.sessions = sessions
  }
}
