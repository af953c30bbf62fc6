internal import Suggestions

/// An issue for programs: `rules/digest/digest.schema.json` describes it. Both languages stand in it, so that the
/// language of the page makes no other numbers.
struct DigestJSON {
  let issue: DigestIssue
  let seal: DigestSeal

  var bytes: [UInt8] {
    var json = JSONWriter(indented: true)
    json.object { root in
      // First, so that it is the first seal in the file.
      root.field("seal", seal.line)
      root.field("format", 1)
      root.field("month", issue.month.text)
      root.field("on", issue.moment)
      root.field("as_of", issue.asOf)
      root.field("complete", issue.isComplete)
      root.array("missing") { list in for month in issue.missing { list.field(nil, month.text) } }
      root.field("least", SmallCells.least)
      root.field("enough", DigestFigure.enough)
      root.object("title") { DigestJSON.names(title, to: &$0) }
      root.field("number", issue.number.isEmpty ? nil : issue.number.text)
      root.field("foreword", issue.foreword.isEmpty ? nil : issue.foreword.text)
      root.array("figures") { list in for headline in issue.headlines { list.object { write(headline, to: &$0) } } }
      for (key, tables) in [("tables", issue.tables), ("tallies", issue.tallies)] {
        root.array(key) { list in for table in tables { list.object { write(table, to: &$0) } } }
      }
      root.object("sections") { sections in
        for section in issue.sections {
          sections.array(section.section.rawValue) { list in
            for item in section.items { list.object { write(item, to: &$0) } }
          }
        }
      }
      root.array("hot") { list in for hot in issue.hot { list.object { write(hot, to: &$0) } } }
      if let standings = issue.standings { root.object("standings") { write(standings, to: &$0) } } else { root.null("standings") }
      root.array("calls") { list in
        for call in issue.calls {
          list.object {
            $0.object("text") { DigestJSON.names(call.text, to: &$0) }
            DigestJSON.label("reason", call.reason, to: &$0)
          }
        }
      }
      for language in DigestLanguage.allCases {
        root.array(language == .zh ? "method" : "method_en") { list in
          for sentence in DigestMethod(issue: issue, words: DigestWords(language: language)).sentences {
            list.field(nil, sentence)
          }
        }
      }
    }
    json.newline()
    return json.bytes
  }

  private var title: DigestLabel { DigestPage(issue: issue, seal: seal, style: "").title }

  // MARK: parts

  private static func names(_ label: DigestLabel, to json: inout JSONWriter) {
    json.field("name", label.chinese)
    json.field("name_en", label.english)
  }

  private static func label(_ key: String, _ label: DigestLabel?, to json: inout JSONWriter) {
    guard let label else { return json.null(key) }
    json.object(key) {
      $0.field("code", label.code)
      names(label, to: &$0)
    }
  }

  private func write(_ headline: DigestIssue.Headline, to json: inout JSONWriter) {
    json.field("indicator", headline.indicator.code)
    DigestJSON.names(headline.indicator.name, to: &json)
    json.field("definition", headline.indicator.definition.chinese)
    json.field("definition_en", headline.indicator.definition.english)
    json.field("unit", headline.indicator.unit.rawValue)
    DigestJSON.label("clock", headline.indicator.clock, to: &json)
    json.object("value") { DigestJSON.write(headline.cell, to: &$0) }
    json.object("previous") { DigestJSON.write(headline.previous, to: &$0) }
    json.object("year_earlier") { DigestJSON.write(headline.yearEarlier, to: &$0) }
    DigestJSON.write("monthly_change", headline.monthly, to: &json)
    DigestJSON.write("yearly_change", headline.yearly, to: &json)
  }

  /// `state` is `shown`, `hidden` or `missing`; what is not shown has no numbers, what nothing was made from no value.
  private static func write(_ cell: DigestCell, to json: inout JSONWriter) {
    switch cell {
    case .hidden: json.field("state", "hidden")
    case .missing: json.field("state", "missing")
    case .shown: json.field("state", "shown")
    }
    switch cell.figure {
    case .count(let count)?:
      json.field("numerator", count)
      json.null("denominator")
      json.field("value", count)
    case .share(let part, let whole)?:
      json.field("numerator", part)
      json.field("denominator", whole)
      if whole > 0 { json.field("value", Double(part) / Double(whole), decimals: 4) } else { json.null("value") }
    case .seconds(let seconds, let whole)?:
      json.null("numerator")
      json.field("denominator", whole)
      if let seconds { json.field("value", seconds) } else { json.null("value") }
    case nil: for key in ["numerator", "denominator", "value"] { json.null(key) }
    }
  }

  /// Of counts how many and which share of what it was; of shares in points of a hundred; of times in seconds.
  private static func write(_ key: String, _ change: DigestChange?, to json: inout JSONWriter) {
    guard let change else { return json.null(key) }
    json.object(key) {
      switch change {
      case .count(let count, let perMille):
        $0.field("difference", count)
        if let perMille { $0.field("relative", Double(perMille) / 1_000, decimals: 3) } else { $0.null("relative") }
      case .points(let tenths):
        $0.field("difference", Double(tenths) / 10, decimals: 1)
        $0.null("relative")
      case .seconds(let seconds):
        $0.field("difference", seconds)
        $0.null("relative")
      }
    }
  }

  private func write(_ table: DigestIssue.Table, to json: inout JSONWriter) {
    json.field("table", table.name.code)
    DigestJSON.names(table.name, to: &json)
    json.array("columns") { list in for column in table.columns { list.field(nil, column.code) } }
    json.array("rows") { list in for row in table.rows { list.object { write(row, to: &$0) } } }
    json.object("total") { write(table.total, to: &$0) }
  }

  private func write(_ row: DigestIssue.Table.Row, to json: inout JSONWriter) {
    json.field("code", row.name.code)
    DigestJSON.names(row.name, to: &json)
    json.array("cells") { list in for cell in row.cells { list.object { DigestJSON.write(cell, to: &$0) } } }
    DigestJSON.write("change", row.change, to: &json)
  }

  private func write(_ item: DigestIssue.Item, to json: inout JSONWriter) {
    let (matter, facts) = (item.matter, item.matter.facts)
    json.field("id", matter.id)
    json.field("kind", matter.kind.code)
    json.field("title", matter.title.text)
    json.field("text", matter.body.text)
    json.field("answer", matter.answer.isEmpty ? nil : matter.answer.text)
    for (key, label) in [
      ("topic", facts.topic), ("area", facts.area), ("station", facts.station), ("unit", facts.unit),
      ("channel", facts.channel), ("outcome", facts.outcome),
    ] {
      DigestJSON.label(key, label, to: &json)
    }
    if let support = item.support { json.field("support", support) } else { json.null("support") }
    json.field("adopted", facts.isAdopted)
    json.field("proposal", facts.proposalNumber.map { PublishableText($0).text })
    json.array("awards") { list in for award in facts.awards { list.field(nil, PublishableText(award).text) } }
    json.array("moments") { list in
      for moment in facts.clock {
        list.object {
          $0.field("code", moment.name.code)
          DigestJSON.names(moment.name, to: &$0)
          $0.field("at", moment.at)
        }
      }
    }
    json.field("pinned", item.choice.isPinned)
    json.field("rewritten", item.isRewritten)
    json.field("points", item.choice.points)
    json.array("reasons") { list in
      for reason in item.choice.reasons {
        list.object {
          $0.field("code", reason.name.code)
          DigestJSON.names(reason.name, to: &$0)
          $0.field("points", reason.points)
        }
      }
    }
  }

  private func write(_ hot: DigestIssue.Hot, to json: inout JSONWriter) {
    json.field("id", hot.matter.id)
    json.field("title", hot.matter.title.text)
    DigestJSON.label("topic", hot.matter.topic, to: &json)
    for (key, labels) in [("areas", hot.matter.areas), ("channels", hot.matter.channels)] {
      json.array(key) { list in
        for label in labels {
          list.object {
            $0.field("code", label.code)
            DigestJSON.names(label, to: &$0)
          }
        }
      }
    }
    if let people = hot.people { json.field("people", people) } else { json.null("people") }
    if let before = hot.before { json.field("people_before", before) } else { json.null("people_before") }
    json.field("again", hot.matter.again)
  }

  private func write(_ standings: DigestIssue.Standings, to json: inout JSONWriter) {
    for (key, units) in [("first", standings.first), ("last", standings.last)] {
      json.array(key) { list in
        for unit in units {
          list.object {
            $0.field("code", unit.name.code)
            DigestJSON.names(unit.name, to: &$0)
            $0.object("value") { DigestJSON.write(.shown(unit.figure), to: &$0) }
          }
        }
      }
    }
  }
}
