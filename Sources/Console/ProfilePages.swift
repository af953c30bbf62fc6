internal import Casework
internal import Store
internal import Suggestions

/// 表单档案: the forms that are known, and a wizard that makes one from a sample.
enum ProfilePages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/intake/profiles", for: .roles(IntakePages.staff)) { visit in try list(visit) },
    Endpoint(.post, "/intake/profiles/sample", for: .roles(IntakePages.staff), mostBytes: mostBytes, sample),
    Endpoint(.get, "/intake/profiles/samples/{n}", for: .roles(IntakePages.staff)) { visit in try survey(visit) },
    Endpoint(.post, "/intake/profiles/samples/{n}/draft", for: .roles(IntakePages.staff)) { visit in
      let sample = try sample(of: visit)
      guard let survey = visit.services.intake.profiles.survey(sample.bytes, visit.request.form.all("place").first) else {
        throw VisitFault.notFound
      }
      return draft(visit, ProfileDraft(visit.request.form, survey).yaml, sample)
    },
    Endpoint(.post, "/intake/profiles/samples/{n}/try", for: .roles(IntakePages.staff)) { visit in
      draft(visit, try yaml(visit), try sample(of: visit))
    },
    Endpoint(.post, "/intake/profiles/samples/{n}/download", for: .roles(IntakePages.staff)) { visit in
      let (yaml, sample) = (try yaml(visit), try sample(of: visit))
      let trial = visit.services.intake.profiles.tryOut(yaml, sample.bytes, visit.language)
      let name = (trial.name.isEmpty ? "profile" : trial.name) + ".yaml"
      return .download(Array(yaml.utf8), type: "application/yaml; charset=utf-8", name: name)
    },
    // What is taken in from now on goes by it: the administrator's to decide.
    Endpoint(.post, "/intake/profiles/samples/{n}/save", for: .roles([.administrator]), save),
  ]

  /// Of a sample.
  private static let mostBytes = 4 << 20

  // MARK: The forms

  private static func list(_ visit: Visit, status: Int = 200, fault: String? = nil) throws -> Reply {
    let (forms, formFault) = visit.services.intake.forms(visit.language)
    return visit.page(
      "profiles", title: visit.say("表单档案", "Form profiles"), section: .intake, status: status,
      [
        "fault": .optional(fault ?? formFault),
        "forms": .objects(forms) { form in
          [
            "name": .text(form.name), "title": .text(form.title), "format": .text(form.format),
            "source": .text(form.source),
            "fields": .text(form.fields.map { FieldWords.word($0, visit.language) }.joined(separator: visit.say("、", ", "))),
          ]
        },
        "hasForms": .flag(!forms.isEmpty),
      ])
  }

  // MARK: The sample

  private static func sample(_ visit: Visit) async throws -> Reply {
    guard let account = visit.visitor.account else { throw VisitFault.signIn }
    guard visit.request.isWhole, let file = visit.request.files.first(where: { $0.field == "sample" }), !file.bytes.isEmpty
    else { return try list(visit, status: 400, fault: visit.say("请选择一个样本文件。", "Choose a sample.")) }
    let services = visit.services.intake.profiles
    guard services.survey(file.bytes, nil) != nil else {
      return try list(
        visit, status: 400,
        fault: visit.say(
          "这个文件不是 XML 或 JSON，或者看不到记录。CSV 请先转成 JSON；意见簿不用档案。",
          "This is neither XML nor JSON, or no records show. Turn CSV into JSON first; opinion books need no profile."))
    }
    return .seeOther("/intake/profiles/samples/\(services.keep(file, account.name))")
  }

  /// One's own: what somebody else uploaded is nobody's business.
  private static func sample(of visit: Visit) throws -> UploadedFile {
    guard let account = visit.visitor.account, let number = visit.parameters["n"].flatMap({ Int($0) }),
      let sample = visit.services.intake.profiles.sample(number, account.name)
    else { throw VisitFault.notFound }
    return sample
  }

  private static func address(_ visit: Visit) -> String { "/intake/profiles/samples/" + (visit.parameters["n"] ?? "") }

  private static func survey(_ visit: Visit) throws -> Reply {
    let sample = try sample(of: visit)
    let services = visit.services.intake.profiles
    // Nothing in the address is no path, the top level of JSON is an empty one.
    let place = visit.request.query.has("place") ? visit.request.query.all("place").first : nil
    guard let survey = services.survey(sample.bytes, place), let chosen = survey.places.first else {
      throw VisitFault.notFound
    }
    let choices = [("", visit.say("不用", "leave out"))] + services.fields.map { ($0, FieldWords.word($0, visit.language)) }
    return visit.page(
      "profile-sample", title: visit.say("认一认字段", "Which field is which"), section: .intake,
      [
        "address": .text(address(visit)), "file": .text(UploadNames.shown(sample.name)),
        "format": .text(survey.format), "place": .text(chosen.path),
        "places": .objects(survey.places.sorted { ($1.records, $0.path) < ($0.records, $1.path) }) { place in
          [
            "path": .text(place.path),
            "name": .text(
              (place.path.isEmpty ? visit.say("顶层", "top level") : place.path)
                + visit.say("（\(place.records) 条）", " (\(place.records))")),
            "isChosen": .flag(place.path == chosen.path),
          ]
        },
        "rows": .objects(survey.found.enumerated()) { index, found in
          [
            "index": .number(index), "path": .text(found.path), "count": .number(found.count),
            "shown": .list(found.shown.map(PageValue.text)),
            "options": .objects(choices) { code, name in
              ["code": .text(code), "name": .text(name), "isChosen": .flag(code == (found.proposed ?? ""))]
            },
          ]
        },
        "channels": .objects(services.channels) { code in
          ["code": .text(code), "name": .text(visit.names.word(code)), "isChosen": .flag(code == "web-form")]
        },
        "dates": .text(survey.dates.joined(separator: "\n")),
      ])
  }

  // MARK: The draft

  private static func yaml(_ visit: Visit) throws -> String {
    guard let yaml = visit.request.form.all("yaml").first, !yaml.isEmpty else { throw VisitFault.field("yaml") }
    return yaml.replacing("\r\n", with: "\n")
  }

  private static func draft(
    _ visit: Visit, _ yaml: String, _ sample: UploadedFile, status: Int? = nil, fault: String? = nil
  ) -> Reply {
    let trial = visit.services.intake.profiles.tryOut(yaml, sample.bytes, visit.language)
    return visit.page(
      "profile-draft", title: visit.say("试一试新档案", "Try the new profile"), section: .intake,
      status: status ?? (trial.problems.isEmpty ? 200 : 400),
      [
        "address": .text(address(visit)), "yaml": .text(yaml), "fault": .optional(fault),
        "problems": .list(trial.problems.map(PageValue.text)), "hasProblems": .flag(!trial.problems.isEmpty),
        "isSound": .flag(trial.problems.isEmpty),
        "said": .text(
          visit.say(
            "读出 \(trial.read) 条，读不了 \(trial.faults.count) 条。", "\(trial.read) records read, \(trial.faults.count) not.")),
        "isWhole": .flag(trial.problems.isEmpty && trial.faults.isEmpty && trial.read > 0),
        "filled": .objects(trial.filled) {
          ["field": .text(FieldWords.word($0.field, visit.language)), "code": .text($0.field), "count": .number($0.count)]
        },
        "faults": .objects(trial.faults) { RunValues.fault($0, visit) }, "hasFaults": .flag(!trial.faults.isEmpty),
        "maySave": .flag(trial.problems.isEmpty && visit.visitor.hasRole(among: [.administrator])),
      ])
  }

  private static func save(_ visit: Visit) async throws -> Reply {
    guard let account = visit.visitor.account else { throw VisitFault.signIn }
    let (yaml, sample) = (try yaml(visit), try sample(of: visit))
    let services = visit.services.intake.profiles
    let name = services.tryOut(yaml, sample.bytes, visit.language).name
    switch services.save(yaml, visit.language) {
    case .problems?: return draft(visit, yaml, sample, status: 400)
    case .taken?:
      let fault = visit.say("已有名为 \(name) 的档案，换一个名字。", "There is a profile named \(name); choose another name.")
      return draft(visit, yaml, sample, status: 409, fault: fault)
    case .unwritable?:
      let fault = visit.say("规则目录写不了，请下载后放进去。", "The rules' folder cannot be written to; download it and put it there.")
      return draft(visit, yaml, sample, status: 409, fault: fault)
    case nil: break
    }
    let (actor, now) = (account.name, visit.now)
    try await visit.pool.write { store throws(StoreFault) in
      try store.noteProfile(name, by: actor, at: now)
    }
    return .seeOther("/intake/profiles?notice=profile-saved")
  }
}
