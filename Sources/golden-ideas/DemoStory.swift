import Casework
import Rules
import Store
import Suggestions

/// What has happened before somebody looks around: some cases with the demonstration's department and station, so that no
/// desk is empty. Done by the same acts as everybody's, once.
struct DemoStory {
  let common: CommonOptions
  let book: RuleBook
  let store: SuggestionStore
  let handler: CaseHandler

  func tell() throws {
    let rules = try common.caseworkRules(book)
    let begun = try common.onStore { () throws(StoreFault) in
      try store.desk(DeskFilter(states: Set(CaseState.allCases), tracks: Set(Track.allCases)), limit: 1)
    }
    guard begun.isEmpty else { return }
    let mine = try candidates()
    let now = LocalTime.now
    let day: Int64 = 86_400
    for (place, id) in mine.enumerated() {
      // Older orders first, so that some are late already and some have time left.
      let start = now - Int64(max(0, 4 - place)) * day / 2 - 600
      try act(.dispatch, id, .moderator, at: start, rules) { $0.handler = handler }
      guard place < 5 else { continue }
      if place == 4 {
        try act(.sendBack, id, .department, at: now - 300, rules) {
          $0.reason = "不在本单位管养范围"
          $0.basis = "市政设施管养分工"
          $0.proposedOwner = CaseHandler(unit: book.departments[book.fallback.cityLead].code)
        }
        continue
      }
      try act(.sign, id, .department, at: start + 900, rules) { _ in }
      if place == 2 {
        try act(.askExtension, id, .department, at: start + 1200, rules) {
          $0.reason = "要等材料到货"
          $0.extra = Allowance(2, .workingDays)
        }
      }
      if place < 2 { try act(.resolve, id, .department, at: now - 900, rules) { $0.proofs = ["photo:demo-\(id)"] } }
      if place < 2 {
        try act(.answer, id, .department, at: now - 600, rules) {
          $0.text = "您好！您反映的问题已安排人员到现场处理完毕，现场照片已存档。感谢您的支持，如有问题请再联系我们。"
          $0.outcome = .solved
        }
      }
      if place == 0 { try act(.tell, id, .moderator, at: now - 500, rules) { $0.text = "已通过驿站告知。" } }
    }
  }

  /// Faults and ideas whose proposal is the department, the most urgent first.
  private func candidates() throws -> [Int] {
    let items = try common.onStore { () throws(StoreFault) in
      try store.queue(limit: 400, track: .ordinary, names: .standard)
    }
    return items.filter { $0.lead == handler.unit && $0.kind == "fault" && $0.urgency == "ordinary" }.prefix(8).map(\.id)
  }

  private func act(
    _ action: CaseAction, _ id: Int, _ role: CaseRole, at moment: Int64, _ rules: CaseworkRules,
    _ fill: (inout CaseDetails) -> Void
  ) throws {
    let isUnit = role == .department
    let actor = CaseActor(
      name: isUnit ? "department" : "reviewer", role: role, tracks: Set(Track.allCases), handler: isUnit ? handler : nil)
    let request = CaseRequest(action, at: moment, details: CaseDetails(fill))
    let outcome = try common.onStore { () throws(StoreFault) in
      try store.act(request, on: id, by: actor, under: rules)
    }
    // A rule folder of one's own may forbid a step; the demonstration goes on without it.
    if case .failure(let refusal) = outcome { common.note(common.messages.refusal(refusal)) }
  }
}
