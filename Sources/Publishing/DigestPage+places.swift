extension DigestPlaces<DigestPage> {
  /// Everything a template may name; `rules/digest/README.md` explains each.
  static var page: DigestPlaces<DigestPage> {
    DigestPlaces<DigestPage> { page in
      page.markup("seal") { page, words in
        words.isPage
          ? "<meta name=\"golden-ideas-digest\" content=\"\(page.seal.line)\">" : "<!-- \(page.seal.line) -->"
      }
      page.markup("style") { page, _ in page.style }
      page.text("language") { _, words in words("zh-Hans", "en") }
      page.text("title") { page, words in words.text(page.title) }
      page.text("number") { page, _ in page.issue.number.text }
      page.text("foreword") { page, _ in page.issue.foreword.text }
      page.text("month") { page, words in words.month(page.issue.month) }
      page.text("month_code") { page, _ in page.issue.month.text }
      page.text("as_of") { page, words in words.date(page.issue.asOf) }
      page.flag("is_complete") { $0.issue.isComplete }
      page.text("state") { page, _ in "\(page.issue.state.event)/\(page.issue.state.head.prefix(16))" }
      page.text("rules") { page, _ in page.issue.state.rules }
      page.text("template") { page, _ in page.seal.template }
      page.list("headlines", .headline) { page, _ in page.headlines }
      page.list("clocks", .clock) { page, _ in page.clocks }
      page.list("tables", .table) { page, _ in page.issue.tables.filter { !$0.rows.isEmpty } }
      page.list("tallies", .table) { page, _ in page.issue.tallies.filter { !$0.rows.isEmpty } }
      for code in ["area", "department", "topic", "station", "channel", "weeks", "channels", "acts", "kinds", "books"] {
        page.object("\(code)_table", .table) { $0.table(code) }
      }
      for section in DigestSection.allCases {
        page.list(section.rawValue, .item) { page, _ in page.items(section) }
      }
      page.list("hot", .hot) { page, _ in page.issue.hot }
      page.object("standings", .standings) { $0.issue.standings }
      page.list("calls", .call) { page, _ in page.issue.calls }
      page.lines("method") { page, words in DigestMethod(issue: page.issue, words: words).sentences }
      page.list("definitions", .definition) { page, _ in page.issue.headlines.map(\.indicator) }
    }
  }
}

extension DigestPlaces<DigestIssue.Headline> {
  static var headline: DigestPlaces<DigestIssue.Headline> {
    DigestPlaces<DigestIssue.Headline> { headline in
      headline.text("name") { $1.text($0.indicator.name) }
      headline.text("definition") { $1.text($0.indicator.definition) }
      headline.text("value") { $1.value($0.cell) }
      headline.text("parts") { $1.parts($0.cell) }
      headline.flag("is_small") { $0.cell.figure?.isSmall ?? false }
      headline.text("previous") { $1.value($0.previous) }
      headline.text("year_earlier") { $1.value($0.yearEarlier) }
      headline.text("monthly_change") { headline, words in headline.monthly.map(words.change) }
      headline.text("yearly_change") { headline, words in headline.yearly.map(words.change) }
    }
  }
}

extension DigestPlaces<DigestPage.Clock> {
  static var clock: DigestPlaces<DigestPage.Clock> {
    DigestPlaces<DigestPage.Clock> { clock in
      clock.text("name") { $1.text($0.name) }
      for (name, kind) in [
        ("on_time", "on-time"), ("overdue", "overdue"), ("mean", "used-mean"), ("median", "used-median"),
        ("p90", "used-p90"),
      ] {
        clock.object(name, .headline) { $0.headline(kind) }
      }
    }
  }
}

extension DigestPlaces<DigestIssue.Table> {
  static var table: DigestPlaces<DigestIssue.Table> {
    DigestPlaces<DigestIssue.Table> { table in
      table.text("name") { $1.text($0.name) }
      table.list("columns", .definition) { table, _ in table.columns }
      table.flag("has_changes") { table in table.rows.contains { $0.change != nil } || table.total.change != nil }
      table.list("rows", .row) { table, _ in table.rows }
      table.object("total", .row) { $0.total }
      table.markup("plot") { table, words in words.isPage ? DigestPlot(table: table, words: words).markup : nil }
      table.text("plot_text") { table, words in DigestPlot(table: table, words: words).description }
    }
  }
}

extension DigestPlaces<DigestIssue.Table.Row> {
  static var row: DigestPlaces<DigestIssue.Table.Row> {
    let cell = DigestPlaces<DigestCell> { cell in
      cell.text("value") { $1.value($0) }
      cell.text("parts") { $1.parts($0) }
      cell.flag("is_small") { $0.figure?.isSmall ?? false }
    }
    return DigestPlaces<DigestIssue.Table.Row> { row in
      row.text("name") { $1.text($0.name) }
      row.list("cells", cell) { row, _ in row.cells }
      row.text("change") { row, words in row.change.map(words.change) }
    }
  }
}

extension DigestPlaces<DigestIndicator> {
  static var definition: DigestPlaces<DigestIndicator> {
    DigestPlaces<DigestIndicator> { indicator in
      indicator.text("name") { $1.text($0.name) }
      indicator.text("definition") { $1.text($0.definition) }
    }
  }
}

extension DigestPlaces<DigestIssue.Item> {
  static var item: DigestPlaces<DigestIssue.Item> {
    let moment = DigestPlaces<PublishableMatter.Moment> { moment in
      moment.text("name") { $1.text($0.name) }
      moment.text("at") { $1.moment($0.at) }
    }
    return DigestPlaces<DigestIssue.Item> { item in
      item.text("id") { item, _ in String(item.matter.id) }
      item.text("title") { item, _ in item.matter.title.isEmpty ? item.matter.body.excerpt(24) : item.matter.title.text }
      item.text("text") { item, _ in item.matter.body.excerpt(300) }
      item.text("answer") { item, _ in item.matter.answer.excerpt(400) }
      item.text("topic") { item, words in item.matter.facts.topic.map(words.text) }
      item.text("area") { item, words in item.matter.facts.area.map(words.text) }
      item.text("station") { item, words in item.matter.facts.station.map(words.text) }
      item.text("unit") { item, words in item.matter.facts.unit.map(words.text) }
      item.text("channel") { item, words in item.matter.facts.channel.map(words.text) }
      item.text("outcome") { item, words in item.matter.facts.outcome.map(words.text) }
      item.text("proposal") { item, _ in item.matter.facts.proposalNumber.map { PublishableText($0).text } }
      item.text("awards") { item, words in words.list(item.matter.facts.awards.map { PublishableText($0).text }) }
      item.text("support") { item, words in item.support.map(words.number) }
      item.flag("is_adopted") { $0.matter.facts.isAdopted }
      item.flag("is_pinned") { $0.choice.isPinned }
      item.flag("is_rewritten") { $0.isRewritten }
      item.list("moments", moment) { item, _ in item.matter.facts.clock }
      item.text("elapsed") { item, words in item.matter.elapsed.map { words.duration(Int($0)) } }
      item.text("reasons") { item, words in
        words.list(item.choice.reasons.map { "\(words.text($0.name)) \($0.points > 0 ? "+" : "−")\(abs($0.points))" })
      }
    }
  }
}

extension DigestPlaces<DigestIssue.Hot> {
  static var hot: DigestPlaces<DigestIssue.Hot> {
    DigestPlaces<DigestIssue.Hot> { hot in
      hot.text("id") { hot, _ in String(hot.matter.id) }
      hot.text("title") { hot, _ in hot.matter.title.excerpt(60) }
      hot.text("topic") { hot, words in hot.matter.topic.map(words.text) }
      hot.text("areas") { hot, words in words.list(hot.matter.areas.map(words.text)) }
      hot.text("channels") { hot, words in words.list(hot.matter.channels.map(words.text)) }
      hot.text("people") { hot, words in hot.people.map(words.number) ?? words.value(.hidden) }
      hot.text("before") { hot, words in hot.before.map(words.number) ?? words.value(.hidden) }
      hot.text("again") { hot, words in hot.matter.again > 0 ? words.number(hot.matter.again) : nil }
    }
  }
}

extension DigestPlaces<DigestIssue.Standings> {
  static var standings: DigestPlaces<DigestIssue.Standings> {
    let unit = DigestPlaces<DigestIssue.Standings.Unit> { unit in
      unit.text("name") { $1.text($0.name) }
      unit.text("value") { $1.value(.shown($0.figure)) }
      unit.text("parts") { $1.parts(.shown($0.figure)) }
    }
    return DigestPlaces<DigestIssue.Standings> { standings in
      standings.flag("is_empty") { $0.first.isEmpty }
      standings.list("first", unit) { standings, _ in standings.first }
      standings.list("last", unit) { standings, _ in standings.last }
    }
  }
}

extension DigestPlaces<DigestCall> {
  static var call: DigestPlaces<DigestCall> {
    DigestPlaces<DigestCall> { call in
      call.text("text") { $1.text($0.text) }
      call.text("reason") { call, words in call.reason.map(words.text) }
    }
  }
}
