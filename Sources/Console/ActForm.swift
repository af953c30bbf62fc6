internal import Casework
internal import Store
internal import Suggestions

/// The form for one act: what it needs and what may be said beside it, with what was typed still there.
struct ActForm {
  let action: CaseAction
  let reading: CaseReading
  let visit: Visit
  /// What was typed, or comes from the address.
  let typed: FormFields

  private var names: Phrasebook { visit.names }
  private var catalogue: Catalogue { visit.services.catalogue(visit.language) }
  private var needs: [CaseNeed] { reading.acts.first { $0.action == action }?.needs ?? [] }

  /// - Parameters:
  ///   - doubts: what the answer gate says; sent all the same when it is confirmed.
  ///   - next: where to go afterwards.
  func value(fault: String? = nil, doubts: [String] = [], next: String) -> [String: PageValue] {
    [
      "act": .text(names.act(action)), "code": .text(action.code),
      "address": .text("/cases/\(reading.detail.id)/acts/\(action.code)"),
      "seen": .text(typed["seen"] ?? String(reading.version)), "next": .text(next),
      "fault": .optional(fault), "doubts": .list(doubts.map(PageValue.text)), "hasDoubts": .flag(!doubts.isEmpty),
      "asksConfirmation": .flag(!doubts.isEmpty || typed.has("confirm") || action == .merge),
      "fields": .list(fields.map(PageValue.object)), "isDanger": .flag(ActForm.grave.contains(action)),
    ]
  }

  /// Acts that end something or cannot be taken back.
  private static let grave: Set<CaseAction> = [.reject, .divert, .releaseContact]
  /// Acts whose text the writer or the unit reads; asked for where it is not needed too.
  private static let spoken: [CaseAction: (zh: String, en: String)] = [
    .dispatch: ("办理要求（选填）", "Instructions (optional)"), .adjudicate: ("办理要求（选填）", "Instructions (optional)"),
    .answer: ("答复", "Answer"), .reply: ("答复", "Answer"), .tell: ("告知内容", "What the writer is told"),
    .thank: ("致谢内容", "Thanks"), .askWriter: ("要请来件人补充什么", "What the writer is asked for"),
    .assist: ("协办意见", "Opinion"), .note: ("批注", "Note"), .urge: ("催办的话（选填）", "What to say (optional)"),
    .resume: ("补充的内容（选填）", "What was added (optional)"),
  ]
  /// Acts with which proof may come though the table does not ask for it.
  private static let proved: Set<CaseAction> = [.answer, .resolve, .witness, .arrive]

  private var fields: [[String: PageValue]] {
    var list: [[String: PageValue]] = []
    if needs.contains(.handler) { list += handlerFields }
    if needs.contains(.rejection) {
      list.append(
        select("rejection", visit.say("不予受理的理由", "Ground"), RejectionReason.allCases.map { ($0.code, names.rejection($0)) }, isNeeded: true))
    }
    if needs.contains(.target) {
      list.append(line("into", visit.say("并入哪一件（编号或回执）", "Into which (number or receipt)"), isNeeded: true))
    }
    if needs.contains(.parts) { list += partFields }
    if needs.contains(.correction) { list += correctionFields }
    if needs.contains(.outcome) || (action == .answer && reading.file.kind == .fault) {
      list.append(
        select("outcome", visit.say("办理结果", "Outcome"), CaseOutcome.allCases.map { ($0.code, $0.code + " " + names.outcome($0)) }, isNeeded: needs.contains(.outcome)))
    }
    if needs.contains(.proposedOwner) {
      list.append(unitSelect("owner", visit.say("应由谁办", "Whose it is"), isNeeded: true))
      list.append(districtSelect("owner"))
    }
    if needs.contains(.basis) {
      list.append(line("basis", visit.say("依据（职责、文件）", "Basis (duty, rule)"), isNeeded: true))
    }
    if needs.contains(.extra) {
      list.append(line("extra", visit.say("延长多少", "How much more time"), type: "number", isNeeded: true))
      list.append(
        select("extra-unit", visit.say("单位", "Unit"), Allowance.Unit.allCases.map { ($0.code, names.word($0.code)) }, isNeeded: true, standard: Allowance.Unit.workingDays.code))
    }
    if needs.contains(.until) {
      list.append(line("until", visit.say("到什么时候", "Until when"), type: "datetime-local", isNeeded: true))
    }
    if needs.contains(.callBack) { list += callBackFields }
    if needs.contains(.score) { list += scoreFields }
    if needs.contains(.award) { list.append(line("award", visit.say("奖励", "Award"), isNeeded: true)) }
    if action == .adopt { list.append(line("proposal", visit.say("提案号（选填）", "Proposal number (optional)"), isNeeded: false)) }
    if needs.contains(.text) || ActForm.spoken[action] != nil {
      let label = ActForm.spoken[action].map { visit.say($0.zh, $0.en) } ?? names.need(.text)
      list.append(area("text", label, isNeeded: needs.contains(.text)))
    }
    if needs.contains(.proof) || ActForm.proved.contains(action) {
      list.append(
        area("proof", visit.say("证明：照片编号或摘要，一行一个", "Proof: numbers or digests of photos, one a line"), isNeeded: needs.contains(.proof)))
    }
    let asksReason = needs.contains(.reason)
    list.append(
      area("reason", asksReason ? visit.say("理由", "Reason") : visit.say("说明（选填）", "Remark (optional)"), isNeeded: asksReason))
    return list
  }

  private var handlerFields: [[String: PageValue]] {
    let proposed = reading.proposed
    let isStation = proposed?.isStation ?? false
    return [
      unitSelect("to", visit.say("派给", "To"), isNeeded: true, standard: proposed.map { isStation ? $0.text : $0.unit }),
      districtSelect("to", standard: proposed?.district),
      unitSelect("with", visit.say("协办（选填）", "With (optional)"), isNeeded: false),
    ]
  }

  private var correctionFields: [[String: PageValue]] {
    let none = (code: "", name: visit.say("不改", "leave as it is"))
    return [
      select("topic", visit.say("主题", "Topic"), [none] + catalogue.topics.map { ($0.code, ActForm.indented($0)) }, isNeeded: false),
      select("kind", visit.say("类别", "Kind"), [none] + Kind.allCases.map { ($0.code, names.word($0.code)) }, isNeeded: false),
      select("region", visit.say("地点", "Place"), [none] + catalogue.regions.map { ($0.code, ActForm.indented($0)) }, isNeeded: false),
      select("urgency", visit.say("紧急程度", "Urgency"), [none] + Urgency.allCases.map { ($0.code, names.word($0.code)) }, isNeeded: false),
    ]
  }

  /// What stays empty is no part.
  private var partFields: [[String: PageValue]] {
    let values = typed.all("parts")
    let labels = [
      visit.say("拆出的第一件：从正文里照抄一段", "First part: words copied from the text"),
      visit.say("第二件（选填）", "Second part (optional)"), visit.say("第三件（选填）", "Third part (optional)"),
    ]
    return labels.enumerated().map { index, label in
      var field = area("parts", label, isNeeded: index == 0)
      field["fieldID"] = .text("\(action.code)-parts-\(index + 1)")
      field["value"] = .text(values.indices.contains(index) ? values[index] : "")
      return field
    }
  }

  private var callBackFields: [[String: PageValue]] {
    let answers = [("yes", visit.say("是", "yes")), ("partly", visit.say("部分", "partly")), ("no", visit.say("否", "no")), ("unknown", visit.say("未答", "no answer"))]
    return [
      select("solved", visit.say("解决了吗", "Is it solved"), answers, isNeeded: true),
      select("satisfied", visit.say("满意吗", "Is the writer satisfied"), answers, isNeeded: true),
    ]
  }

  private var scoreFields: [[String: PageValue]] {
    let marks = (1...5).map { (code: String($0), name: String($0)) }
    return [
      ("feasible", "可行性", "Feasible"), ("sustainable", "可持续性", "Sustainable"), ("transferable", "可推广性", "Transferable"),
      ("benefit", "社会效益", "Public benefit"), ("new", "创新性", "New"),
    ].map { select($0.0, visit.say($0.1, $0.2), marks, isNeeded: true, standard: "3") }
  }

  static func indented(_ entry: Catalogue.Entry) -> String { String(repeating: "\u{3000}", count: entry.level) + entry.name }

  // MARK: Fields

  private func unitSelect(_ name: String, _ label: String, isNeeded: Bool, standard: String? = nil) -> [String: PageValue] {
    let units = catalogue.departments.map { ($0.code, $0.name) } + catalogue.stations.map { ("station:" + $0.code, visit.say("驿站 ", "station ") + $0.name) }
    return select(name, label, (isNeeded ? [] : [("", "—")]) + units, isNeeded: isNeeded, standard: standard)
  }

  private func districtSelect(_ name: String, standard: String? = nil) -> [String: PageValue] {
    let districts = [("", visit.say("市级", "the city's"))] + catalogue.districts.map { ($0.code, $0.name) }
    return select(name + "-district", visit.say("哪一级", "Whose office"), districts, isNeeded: false, standard: standard)
  }

  private func select(
    _ name: String, _ label: String, _ options: [(code: String, name: String)], isNeeded: Bool, standard: String? = nil
  ) -> [String: PageValue] {
    let chosen = typed[name] ?? standard
    var field = base(name, label, isNeeded)
    field["select"] = true
    field["options"] = .objects(options) {
      ["code": .text($0.code), "name": .text($0.name), "isChosen": .flag($0.code == chosen)]
    }
    field["hasBlank"] = .flag(isNeeded && chosen == nil)
    return field
  }

  private func line(_ name: String, _ label: String, type: String = "text", isNeeded: Bool) -> [String: PageValue] {
    var field = base(name, label, isNeeded)
    field["line"] = true
    field["type"] = .text(type)
    return field
  }

  private func area(_ name: String, _ label: String, isNeeded: Bool) -> [String: PageValue] {
    var field = base(name, label, isNeeded)
    field["area"] = true
    return field
  }

  private func base(_ name: String, _ label: String, _ isNeeded: Bool) -> [String: PageValue] {
    [
      "name": .text(name), "label": .text(label), "isNeeded": .flag(isNeeded), "value": .text(typed.all(name).first ?? ""),
      "fieldID": .text("\(action.code)-\(name)"), "select": false, "line": false, "area": false,
    ]
  }
}
