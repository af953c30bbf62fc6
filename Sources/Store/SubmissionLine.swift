internal import Suggestions

/// One submission as a JSON object: everything that its content decides, nothing of when and where it was taken in.
struct SubmissionLine {
  let codes: StoredCodes
  let names: CodeNames
  /// Makes receipts; nil in the canonical export, as they are made with the store's own secret.
  let receipts: ReceiptCode?

  /// An earlier version of a submission.
  struct Earlier {
    var revision: Int
    var identity: [UInt8]
    var title: [UInt8]
    var body: [UInt8]
  }

  func write(
    _ row: StoredSubmission, earlier: [Earlier], to json: inout JSONWriter
  ) throws(StoreFault) {
    guard let verdict = VerdictRecord(row.verdict), let attributes = row.readableAttributes else {
      throw .corrupt("submission \(row.number): its verdict or its attributes cannot be read")
    }
    json.object { json in
      if let receipts {
        json.field("number", row.number)
        json.field("receipt", UInt32(exactly: row.number).map { receipts.code(of: $0) })
      }
      json.field("source", codes.source(row.source))
      json.field("external_id", row.externalID)
      if row.isErased { json.field("erased", true) }
      if let whole = row.splitFrom {
        json.field("split_from", codes.source(whole.source) + "/" + whole.externalID)
      }
      json.field("revisions", row.revision)
      json.field("submitted_at", row.submittedAt.flatMap { ChinaTime.text($0) })
      json.field("channel", StoredCodes.channel(row.channel))
      json.field("title", DisplayText(row.title).text)
      json.field("body", DisplayText(row.body).text)
      json.object("attributes") { for attribute in attributes { $0.field(attribute.name, attribute.text) } }
      decision(row, verdict, to: &json)
      evidence(row, verdict, to: &json)
      links(row, to: &json)
      json.array("earlier") { json in
        for version in earlier {
          json.object {
            $0.field("revision", version.revision)
            $0.field("title", DisplayText(version.title).text)
            $0.field("body", DisplayText(version.body).text)
          }
        }
      }
    }
    json.newline()
  }

  private func decision(_ row: StoredSubmission, _ verdict: VerdictRecord, to json: inout JSONWriter) {
    json.field("kind", StoredCodes.kind(row.kind))
    json.field("act", StoredCodes.act(row.act))
    json.field("track", StoredCodes.track(row.track))
    json.field("urgency", StoredCodes.urgency(row.urgency))
    json.field("topic", codes.text(row.topic))
    json.array("further_topics") { for topic in verdict.furtherTopics { $0.field(nil, codes.text(topic)) } }
    json.field("region", codes.text(row.region))
    json.field("station", codes.text(row.station))
    json.field("lead", codes.text(row.lead))
    json.field("tier", names.tier(row.tier))
    json.array("co_handlers") { for department in verdict.coHandlers { $0.field(nil, codes.text(department)) } }
    json.field("route", codes.text(verdict.route))
    json.field("asked", codes.text(verdict.asked))
    json.array("flags") { for flag in names.flags(verdict.flags) { $0.field(nil, flag) } }
    json.array("cuts") { for cut in names.cuts(verdict.cuts) { $0.field(nil, cut) } }
    json.field("priority", row.priority)
  }

  private func evidence(_ row: StoredSubmission, _ verdict: VerdictRecord, to json: inout JSONWriter) {
    let (title, body) = (DisplayText(row.title), DisplayText(row.body))
    json.object("verdict") { json in
      json.field("score", verdict.score)
      json.field("runner_up", verdict.runnerUp)
      json.field("confidence", Double(verdict.certainty.confidence) / 1000, decimals: 3)
      json.field("sure", verdict.certainty.isSure)
      json.field("book", codes.text(row.book))
      json.array("evidence") { json in
        for span in verdict.evidence {
          let place = (span.inTitle ? title : body).scalars(start: span.start, count: span.count)
          json.object {
            $0.field("rule", codes.text(span.rule))
            $0.field("part", span.inTitle ? "title" : "body")
            if let place {
              $0.field("start", place.start)
              $0.field("count", place.count)
            } else {
              $0.null("start")
              $0.null("count")
            }
          }
        }
      }
    }
  }

  private func links(_ row: StoredSubmission, to json: inout JSONWriter) {
    json.object("duplicate") {
      $0.field("kind", StoredCodes.duplicate(row.duplicate))
      if row.leader != nil {
        $0.field("score", Double(row.score) / 1000, decimals: 3)
        $0.field("differs", StoredCodes.differs(row.differs))
        $0.field("leader", codes.source(row.leaderSource) + "/" + row.leaderExternalID)
      } else {
        for key in ["score", "differs", "leader"] { $0.null(key) }
      }
    }
    json.field("suggestion", codes.source(row.openerSource) + "/" + row.openerExternalID)
    json.field("handled_with", row.handledWith.map { codes.source($0.source) + "/" + $0.externalID })
    json.field("again_of", row.againOf.map { codes.source($0.source) + "/" + $0.externalID })
    json.field("support", row.support)
    json.field("submissions", row.submissions)
    json.field("state", StoredCodes.state(row.state))
    json.object("case") {
      $0.field("unit", row.underway.flatMap { codes.text($0.unit) })
      $0.field("district", row.underway.flatMap { codes.text($0.district) })
      $0.field("round", row.underway?.round ?? 0)
      $0.field("returns", row.underway?.returns ?? 0)
      $0.field("supervised", row.underway?.isSupervised ?? false)
    }
    json.object("decided") {
      if row.decided.contains(.topic) { $0.field("topic", codes.text(row.shown.topic)) }
      if row.decided.contains(.kind) { $0.field("kind", StoredCodes.kind(row.shown.kind)) }
      if row.decided.contains(.lead) { $0.field("lead", codes.text(row.shown.lead)) }
    }
  }
}
