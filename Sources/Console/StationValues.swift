internal import Casework
internal import Store
internal import Suggestions

/// What stands on a station's page.
struct StationValues {
  let unit: OwnUnit
  let visit: Visit

  var words: DeskWords { visit.services.desks.words(visit.language) }

  func address(_ unit: OwnUnit) -> String { "/station?unit=" + FormFields.encoded(unit.handler.text) }

  /// 带话.
  func errand(_ entry: StationEntry) -> [String: PageValue] {
    guard let errand = entry.errand else { return [:] }
    let holding = entry.submission.holding
    var value = submission(entry.submission, isKeepers: entry.isKeepers)
    value["what"] = .text(words.errand(errand.what))
    value["since"] = .text(visit.names.moment(errand.since))
    value["text"] = .text(errand.rejection.map(visit.names.rejection) ?? errand.text ?? "")
    value["isKeepers"] = .flag(entry.isKeepers)
    if errand.what == .question {
      // The writer answers by the receipt, whoever types it.
      value["record"] = .text("/status/" + FormFields.encoded(holding.receipt))
      value["recordName"] = .text(visit.say("凭回执码补充", "Add it by the receipt"))
      value["mayRecord"] = true
    } else {
      value["record"] = .text(act(.tell, on: holding.root, ("text", visit.say("已当面告知。", "Told in person."))))
      value["recordName"] = .text(visit.say("已带到，记下", "Told: record it"))
      value["mayRecord"] = .flag(entry.isKeepers)
    }
    return value
  }

  /// 待回访.
  func callBack(_ entry: CallBack) -> [String: PageValue] {
    var value = submission(entry.submission, isKeepers: entry.isKeepers)
    value["since"] = .text(visit.names.moment(entry.since))
    value["mayRecord"] = .flag(entry.isRecordable && entry.isKeepers)
    value["isEarly"] = .flag(!entry.isRecordable)
    value["record"] = .text(act(.callBack, on: entry.submission.holding.root))
    return value
  }

  func entry(_ entry: StationEntry) -> [String: PageValue] {
    var value = submission(entry.submission, isKeepers: entry.isKeepers)
    value["state"] = .text(entry.state.map { visit.names.word($0.code) } ?? visit.say("专人办理", "designated staff"))
    value["trail"] = .objects(CustodyTrail.Step.allCases) { step in
      let moment = entry.trail.moments[step]
      return [
        "at": .text(moment.map { String(visit.names.moment($0).prefix(10)) } ?? "—"), "isKnown": .flag(moment != nil),
      ]
    }
    return value
  }

  func lags(_ lags: CustodyLags) -> [PageValue] {
    lags.lines.map { line in
      [
        "from": .text(words.step(line.from)), "to": .text(words.step(line.to)),
        "median": .text(words.span(line.median)), "count": .number(line.count),
      ]
    }
  }

  private func submission(_ submission: StationSubmission, isKeepers: Bool) -> [String: PageValue] {
    let holding = submission.holding
    return [
      "receipt": .text(holding.receipt), "place": .text(words.place(submission)), "excerpt": .text(submission.excerpt),
      "hasExcerpt": .flag(!submission.excerpt.isEmpty), "id": .number(holding.number),
      // Another's case is not the keeper's to read, though the submission came in here.
      "address": .optional(isKeepers ? "/cases/\(holding.root)" : nil),
    ]
  }

  private func act(_ action: CaseAction, on id: Int, _ more: (name: String, value: String)...) -> String {
    let fields = FormFields(more + [(name: "next", value: address(unit))])
    return "/cases/\(id)/acts/\(action.code)?" + fields.encoded
  }
}
