internal import Suggestions
internal import Yams

extension RetentionPolicy {
  /// Reads `rules/retention.yaml`. Everything wrong with it is reported at once.
  package init(yaml: [UInt8], file: String) throws(SettingFault) {
    var reading = try SettingReading(yaml, file: file)
    let root = reading.root
    var policy = RetentionPolicy()
    reading.allow(.retention, in: root)
    if let originals = reading.mapping("originals", in: root, isRequired: true) {
      reading.allow(.keptOriginals, in: originals)
      for state in RetentionPolicy.states {
        policy.originals[state] = reading.keptDays(state.code, in: originals, isRequired: false)
      }
      policy.exempt = Set(reading.codes("except", in: originals, of: Exemption.allCases, \.code))
    }
    policy.quarantine = reading.keptDays("quarantine", in: root, isRequired: false)
    if let messages = reading.mapping("messages", in: root, isRequired: true) {
      reading.allow(.keptMessages, in: messages)
      policy.settledMessages = reading.keptDays("settled", in: messages) ?? policy.settledMessages
      policy.failedMessages = reading.keptDays("failed", in: messages) ?? policy.failedMessages
    }
    policy.sessions = reading.keptDays("sessions", in: root) ?? policy.sessions
    self = try reading.finish(policy, file: file)
  }
}

extension SettingReading {
  /// Whole days by the calendar: what is kept is not counted in office hours.
  fileprivate mutating func keptDays(_ key: String, in node: Node, isRequired: Bool = true) -> Int? {
    guard let allowance = allowance(key, in: node, isRequired: isRequired) else { return nil }
    if allowance.unit == .days { return allowance.amount }
    report(node[key] ?? node, .unreadableTime(key: key, text: allowance.text))
    return nil
  }
}
