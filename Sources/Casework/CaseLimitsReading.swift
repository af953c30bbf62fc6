internal import Yams

extension CaseLimits {
  /// Reads `rules/casework.yaml`. Everything wrong with it is reported at once.
  package init(yaml: [UInt8], file: String) throws(SettingFault) {
    var reading = try SettingReading(yaml, file: file)
    let root = reading.root
    var limits = CaseLimits()
    reading.allow(.casework, in: root)
    if let returns = reading.mapping("returns", in: root, isRequired: true) {
      reading.allow(.returns, in: returns)
      limits.mostReturns = reading.number("most", in: returns, 1...9) ?? limits.mostReturns
      if let then = reading.text("then", in: returns) {
        limits.escalation =
          reading.code(then, at: returns["then"] ?? returns, key: "then", of: CaseEscalation.allCases, \.code) ?? .lead
      }
    }
    if let undo = reading.mapping("undo", in: root, isRequired: true) {
      limits.undoWindow = reading.elapsed("default", in: undo) ?? limits.undoWindow
      for (key, _) in undo.mapping ?? [:] where key.string != "default" {
        let undoable = CaseAction.allCases.filter(\.isUndoable)
        let action = reading.code(key.string ?? "", at: key, key: "undo", of: undoable, \.code)
        if let action { limits.undoWindows[action] = reading.elapsed(action.code, in: undo) }
      }
    }
    limits.reopenWindow = reading.elapsed("reopen", in: root) ?? limits.reopenWindow
    limits.claimDuration = reading.elapsed("claim", in: root) ?? limits.claimDuration
    let units = reading.texts("approval", in: root).map(\.text)
    limits.approval =
      switch units {
      case [], ["none"]: .none
      case ["all"]: .all
      default: .units(Set(units))
      }
    self = try reading.finish(limits, file: file)
  }
}

extension SettingReading {
  /// Seconds on the wall clock: windows do not wait for offices to open.
  fileprivate mutating func elapsed(_ key: String, in node: Node) -> Int64? {
    guard let allowance = allowance(key, in: node) else { return nil }
    if allowance.unit.counting == .always { return allowance.seconds }
    report(node[key] ?? node, .unreadableTime(key: key, text: allowance.text))
    return nil
  }
}
