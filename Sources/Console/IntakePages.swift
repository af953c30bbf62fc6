internal import Casework
internal import Store
internal import Suggestions

/// 收件: what came in, and files sent from a page.
enum IntakePages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/intake", for: .roles(MainPlace.intake.roles), show),
    Endpoint(.post, "/intake/upload", for: .roles(staff), mostBytes: mostBytes, upload),
    Endpoint(.get, "/intake/runs/{n}", for: .roles(MainPlace.intake.roles), run),
    Endpoint(.post, "/intake/runs/{n}/again", for: .roles(MainPlace.intake.roles)) { visit in
      let (job, services, form) = (try job(visit), visit.services.intake, visit.request.form["form"])
      return services.goOn(job.number, form) ? .seeOther(address(job.number)) : try gone()
    },
    Endpoint(.post, "/intake/runs/{n}/stop", for: .roles(MainPlace.intake.roles)) { visit in
      let job = try job(visit)
      return visit.services.intake.stop(job.number) ? .seeOther(address(job.number)) : try gone()
    },
    Endpoint(.post, "/intake/runs/{n}/forget", for: .roles(MainPlace.intake.roles)) { visit in
      let job = try job(visit)
      return visit.services.intake.forget(job.number) ? .seeOther(address(job.number) + "?notice=forgotten") : try gone()
    },
  ]

  /// Who takes in more than an opinion book.
  static let staff: Set<CaseRole> = [.moderator, .lead, .administrator]
  /// Of all files of one form together.
  private static let mostBytes = 64 << 20
  private static let mostFiles = 100

  static func address(_ job: Int) -> String { "/intake/runs/\(job)" }

  private static func gone() throws -> Reply { throw VisitFault.conflict }

  // MARK: The first page

  private static func show(_ visit: Visit) async throws -> Reply {
    // A keeper has the opinion book of the station, and nothing else comes in there.
    guard visit.visitor.hasRole(among: staff) else { return .seeOther("/intake/book") }
    return try await page(visit)
  }

  private static func page(_ visit: Visit, status: Int = 200, fault: String? = nil) async throws -> Reply {
    let (tallies, runs) = try await visit.pool.read { store throws(StoreFault) in
      (try store.sourceTallies(), try store.runs(limit: 10))
    }
    let services = visit.services.intake
    let (forms, formFault) = services.forms(visit.language)
    let typed = visit.request.form
    return visit.page(
      "intake", title: visit.say("收件", "Intake"), section: .intake, status: status,
      [
        "fault": .optional(fault ?? formFault), "source": .text(typed["source"] ?? ""),
        "isDryRun": .flag(typed.has("dry")),
        "forms": .objects(forms) {
          ["name": .text($0.name), "title": .text($0.title), "isChosen": .flag($0.name == typed["form"])]
        },
        "sources": .objects(tallies) { tally in
          [
            "name": .text(tally.source), "submissions": .number(tally.submissions), "revised": .number(tally.revised),
            "quarantined": .number(tally.quarantined), "waiting": .number(tally.waiting),
            "hasWaiting": .flag(tally.waiting > 0),
            "last": .text(tally.lastAt.map(visit.names.moment) ?? "—"),
            "waitingAddress": .text("/intake/quarantine?source=" + FormFields.encoded(tally.source)),
          ]
        },
        "hasSources": .flag(!tallies.isEmpty),
        "waiting": .number(tallies.reduce(0) { $0 + $1.waiting }),
        "hasWaiting": .flag(tallies.contains { $0.waiting > 0 }),
        "jobs": .objects(services.jobs().prefix(10)) { row($0, visit) },
        "hasJobs": .flag(!services.jobs().isEmpty),
        "runs": .objects(runs) { row($0, visit) }, "hasRuns": .flag(!runs.isEmpty),
      ])
  }

  private static func row(_ job: IntakeJob, _ visit: Visit) -> [String: PageValue] {
    [
      "address": .text(address(job.number)), "number": .number(job.number), "by": .text(job.by),
      "at": .text(visit.names.moment(job.sentAt)), "what": .text(RunValues(job, visit).heading),
      "state": .text(RunValues(job, visit).stateWord),
    ]
  }

  private static func row(_ run: StoredRun, _ visit: Visit) -> [String: PageValue] {
    let sum = { (value: (StoredRun.File) -> Int) in PageValue.number(run.files.reduce(0) { $0 + value($1) }) }
    let names = run.files.prefix(3).map(\.name).joined(separator: visit.say("、", ", "))
    let more = run.fileCount > 3 ? visit.say(" 等 \(run.fileCount) 个", " and \(run.fileCount - 3) more") : ""
    return [
      "id": .number(run.id), "at": .text(visit.names.moment(run.startedAt)), "command": .text(run.command),
      "files": .text(names + more), "records": sum(\.records), "new": sum(\.new), "revised": sum(\.revised),
      "quarantined": sum(\.quarantined), "isOpen": .flag(run.finishedAt == nil),
    ]
  }

  // MARK: Sending files

  private static func upload(_ visit: Visit) async throws -> Reply {
    let request = visit.request
    // An empty choice comes as a file without a name.
    let files = request.files.filter { $0.field == "files" && !($0.name.isEmpty && $0.bytes.isEmpty) }
    let source = request.form["source"]
    if let fault = fault(visit, files, source: source) { return try await page(visit, status: 400, fault: fault) }
    let form = request.form["form"]
    if let form, !visit.services.intake.forms(visit.language).forms.contains(where: { $0.name == form }) {
      throw VisitFault.field("form")
    }
    let work = IntakeOrder.Work.files(files, source: source, form: form, isDryRun: request.form.has("dry"))
    return .seeOther(address(try await begin(work, visit)))
  }

  private static func fault(_ visit: Visit, _ files: [UploadedFile], source: String?) -> String? {
    if !visit.request.isWhole {
      return visit.say("文件没有传完，什么也没有收。请再传一次。", "The files did not arrive whole; nothing was taken in. Send them again.")
    }
    if files.isEmpty { return visit.say("请选择文件。", "Choose a file.") }
    if files.count > mostFiles {
      return visit.say("一次最多 \(mostFiles) 个文件。", "At most \(mostFiles) files at a time.")
    }
    func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .control }
    if let source, source.unicodeScalars.count > 64 || source.unicodeScalars.contains(where: isControl) {
      return visit.say("来源名最多 64 个字，不能有控制字符。", "A source has at most 64 characters, and no control characters.")
    }
    return nil
  }

  /// Puts work into the queue for whoever visits; its number.
  static func begin(_ work: IntakeOrder.Work, _ visit: Visit) async throws -> Int {
    guard let account = visit.visitor.account else { throw VisitFault.signIn }
    return try await visit.services.intake.begin(
      IntakeOrder(work, by: account.name, language: visit.language, at: visit.now))
  }

  // MARK: One job

  /// The job of the path: of whoever sent it, and of those who take in anyway.
  private static func job(_ visit: Visit) throws -> IntakeJob {
    guard let job = visit.parameters["n"].flatMap({ Int($0) }).flatMap({ visit.services.intake.job($0) }),
      job.by == visit.visitor.account?.name || visit.visitor.hasRole(among: staff)
    else { throw VisitFault.notFound }
    return job
  }

  /// A page for people, JSON for programs and for the script that keeps the page fresh.
  private static func run(_ visit: Visit) async throws -> Reply {
    let job = try job(visit)
    let values = RunValues(job, visit)
    if visit.request.wantsJSON { return .json(values.json) }
    return visit.page("intake-run", title: values.heading, section: .intake, values.value)
  }
}
