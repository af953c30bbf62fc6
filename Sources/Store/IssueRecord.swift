package import Casework
package import Publishing

/// An issue of the digest as lists show it.
package struct IssueRecord: Sendable, Hashable {
  package var id: Int
  /// `2025-07`
  package var month: String
  /// Name of the template's folder.
  package var template: String
  /// 勘误: number of the published issue it corrects.
  package var corrects: Int?
  /// How many acts there were since it was opened.
  package var version: Int
  package var state: SignOffState
  /// Of the content last frozen; empty where an erasure changed it and nobody has looked since.
  package var hash: String
  /// Seconds since 1970.
  package var changedAt: Int64
}

/// A published issue as it went out.
package struct IssuePrint: Sendable, Hashable {
  package var json: [UInt8]
  package var html: [UInt8]
  /// Numbers of the cases that stand in it.
  package var cases: [Int]

  package init(json: [UInt8], html: [UInt8], cases: [Int]) {
    self.json = json
    self.html = html
    self.cases = Set(cases).sorted()
  }
}

/// An issue with everything that was done to it.
package struct IssueReading: Sendable {
  package var record: IssueRecord
  package var history: SignOffHistory
  /// Where it stands.
  package var file: SignOffFile
  /// What the editor changed, canonical JSON, by the number of the event that froze it, 0 for the opening. Empty bytes
  /// where an erased case was rewritten in it.
  package var editings: [Int: [UInt8]]

  /// What stands now.
  package var editing: [UInt8] { editings[file.frozenBy] ?? [] }

  /// What the editor changed between two frozen contents.
  ///
  /// - Returns: nil where one of them is not there, or was emptied by an erasure.
  package func differences(from earlier: Int, to later: Int) -> [SignOffEditing.Difference]? {
    guard let before = editings[earlier].flatMap({ SignOffEditing($0) }),
      let after = editings[later].flatMap({ SignOffEditing($0) })
    else { return nil }
    return before.differences(to: after)
  }

  /// What somebody about to take a step has not seen: the differences between what stood when that step, or one after
  /// it, was last taken, and what stands now. All there is since the opening where it never was.
  package func differences(sinceLast step: SignOffStep) -> [SignOffEditing.Difference]? {
    let signed = history.events.last { event in
      guard event.number < file.frozenBy, let taken = event.action.step else { return false }
      return taken == step || !step.isTick && !taken.isTick && taken.rawValue > step.rawValue
    }
    return differences(from: signed.map { frozen(at: $0.number) } ?? 0, to: file.frozenBy)
  }

  /// Number of the event that froze what stood at another.
  package func frozen(at number: Int) -> Int {
    history.events.last { $0.number <= number && $0.action.changesContent }?.number ?? 0
  }
}

/// Why an issue is not opened, or nothing is done to it.
package enum IssueRefusal: Error, Sendable, Hashable {
  case unknown(Int)
  /// Not `2025-07`.
  case month
  /// The template has no name.
  case template
  /// What the editor changed is no JSON object, or longer than ``SuggestionStore/longestEditing``.
  case editing
  /// There is an issue of the month and the template already.
  case exists(Int)
  /// What is to be corrected is not published, or is itself a correction.
  case notCorrectable(Int)
  /// The month and the template of a correction are those of what it corrects.
  case otherIssue(Int)
  /// No such user, or one who is disabled: a name in the colophon is that of somebody.
  case noAccount
  /// The user does not have the role.
  case notHeld(CaseRole)
  /// Nothing is published without the documents that go out.
  case printMissing
  /// Somebody was faster: what was done since the version that was seen, oldest first. Nothing was written.
  case changed([SignOffEvent])
  case refused(SignOffRefusal)
}

/// An act that happened.
package struct IssueDone: Sendable, Hashable {
  package var id: Int
  package var file: SignOffFile
  package var event: SignOffEvent
  /// Number of the event in the history.
  package var sequence: Int
}
