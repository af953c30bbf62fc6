/// What an issue was opened as.
package struct SignOffOpening: Sendable, Hashable {
  /// `2025-07`
  package var month: String
  /// Name of the template's folder.
  package var template: String
  /// 勘误: number of the published issue it corrects.
  package var corrects: Int?
  package var actor: String
  /// Seconds since 1970.
  package var at: Int64
  package var content: SignOffContent

  package init(
    month: String, template: String, corrects: Int? = nil, actor: String, at: Int64, content: SignOffContent
  ) {
    self.month = month
    self.template = template
    self.corrects = corrects
    self.actor = actor
    self.at = at
    self.content = content
  }
}

/// What an issue says, by digests alone: of its content, of what it was made from. All SHA-256 in hexadecimal digits.
package struct SignOffContent: Sendable, Hashable {
  /// Of the content, as whoever renders it counts it; the same content has the same.
  package var hash: String
  /// Of the state of the store it was made from.
  package var storeState: String
  /// Of the template's files.
  package var template: String
  /// Of what the editor changed.
  package var editing: String

  package init(hash: String, storeState: String = "", template: String = "", editing: String = "") {
    self.hash = hash
    self.storeState = storeState
    self.template = template
    self.editing = editing
  }

  package static func isHash(_ text: String) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }
  }
}

/// 审签事件: one act on an issue as the history keeps it. The state of an issue is the fold of these and nothing else.
package struct SignOffEvent: Sendable, Hashable {
  /// From 1, without gaps, within the issue.
  package var number: Int
  /// Name of the account.
  package var actor: String
  /// 姓名, as the colophon prints it, as it was then.
  package var display: String
  /// Code of the role acted in.
  package var role: String
  /// Seconds since 1970.
  package var at: Int64
  package var action: SignOffAction
  package var before: SignOffState
  package var after: SignOffState
  /// What the issue said: the content signed, or, of a change, the new one. Empty where a change left nobody the time
  /// to look.
  package var hash: String
  /// 意见 or reason.
  package var reason: String?
  /// Steps the same person had taken before, as the rules of the house then allowed.
  package var alongside: [SignOffStep] = []
  /// Of an acceptance.
  package var word: SignOffHit?
  /// Of a change.
  package var content: SignOffContent?

  package init(
    number: Int, actor: String, display: String, role: String, at: Int64, action: SignOffAction, before: SignOffState,
    after: SignOffState, hash: String, reason: String? = nil
  ) {
    self.number = number
    self.actor = actor
    self.display = display
    self.role = role
    self.at = at
    self.action = action
    self.before = before
    self.after = after
    self.hash = hash
    self.reason = reason
  }
}
