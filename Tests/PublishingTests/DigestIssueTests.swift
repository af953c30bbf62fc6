import Publishing
import Suggestions
import Testing

struct DigestIssueTests {
  private func table(_ issue: DigestIssue, _ code: String) throws -> DigestIssue.Table {
    try #require((issue.tables + issue.tallies).first { $0.name.code == code })
  }

  // MARK: months

  @Test func monthsAreRead() throws {
    #expect(DigestMonth("2025-07")?.text == "2025-07")
    for wrong in ["2025-7", "2025-13", "2025-00", "25-07", "2025-07-01", "", "2025/07", "２０２５-07", "0000-01"] {
      #expect(DigestMonth(wrong) == nil, "\(wrong)")
    }
    let january = try #require(DigestMonth("2024-01"))
    #expect(january.previous.text == "2023-12" && january.yearEarlier.text == "2023-01")
    #expect(try #require(DigestMonth("2024-02")).days.count == 29)
    // Midnight in China.
    #expect(DigestSample.july.moments == 1_751_299_200..<1_753_977_600)
    #expect(DigestMonth(of: 1_751_299_199).text == "2025-06" && DigestMonth(of: 1_751_299_200).text == "2025-07")
  }

  // MARK: small numbers

  @Test func smallRowsAreHiddenWholeWithWhatGivesThemAway() throws {
    let areas = try table(try DigestSample.issue(), "area")
    // Three and three hide each other, together six.
    for row in areas.rows {
      let isHidden = row.name.code == "D" || row.name.code == nil
      #expect(row.cells.allSatisfy { ($0 == .hidden) == isHidden }, "\(row.name)")
      if isHidden { #expect(row.change == nil) }
    }
    #expect(areas.total.cells.first == .shown(.count(108)))
  }

  @Test func oneSmallRowHidesAnother() throws {
    let areas = try table(
      try DigestSample.issue { $0.breakdowns[0].groups.removeLast() }, "area")
    #expect(areas.rows.filter { $0.cells[0] == .hidden }.map(\.name.code) == ["C", "D"])
  }

  @Test func smallDenominatorsAreHiddenInTheirColumnAlone() throws {
    let issue = try DigestSample.issue {
      $0.breakdowns[1].groups[1].figures["closed"] = .share(2, of: 3)
    }
    let topics = try table(issue, "topic")
    let column = try #require(topics.columns.firstIndex { $0.code == "closed" })
    #expect(topics.rows.map { $0.cells[column] } == [.hidden, .hidden])
    #expect(topics.rows.allSatisfy { $0.cells[0] != .hidden })
  }

  @Test func aHiddenMonthBeforeHasNoChange() throws {
    let issue = try DigestSample.issue { $0.breakdowns[1].groups[0].previous = DigestSample.figures(2) }
    let topics = try table(issue, "topic")
    #expect(topics.rows.allSatisfy { $0.change == nil }, "the other one would give it away")
  }

  @Test func talliesAndHeadlinesHideTheirSmallNumbers() throws {
    let issue = try DigestSample.issue { $0.whole.current["received"] = .count(4) }
    #expect(issue.headlines.first?.cell == .hidden && issue.headlines.first?.monthly == nil)
    let channels = try table(issue, "channels")
    #expect(channels.rows.map(\.cells) == [[.shown(.count(80))], [.hidden], [.hidden]])
    #expect(channels.total.cells == [.shown(.count(118))])
  }

  @Test func smallSupportIsNowhere() throws {
    let issue = try DigestSample.issue { $0.matters[0].facts.support = 4 }
    let item = try #require(issue.sections.first { $0.section == .ideas }?.items.first)
    #expect(item.support == nil)
    #expect(!item.choice.reasons.contains { $0.name.code == "support" })
    #expect(issue.hot.first?.people == 7 && issue.hot.first?.before == nil)
  }

  // MARK: comparison

  @Test func changesAreTold() throws {
    let headlines = try DigestSample.issue().headlines
    #expect(headlines[0].monthly == .count(18, perMille: 200))
    #expect(headlines[2].monthly == .points(0))
    #expect(headlines[4].monthly == .seconds(0))
  }

  @Test func aMissingMonthIsMissingAndNoZero() throws {
    let issue = try DigestSample.issue { $0.whole.previous = nil }
    #expect(issue.missing.map(\.text) == ["2025-06", "2024-07"])
    for headline in issue.headlines {
      #expect(headline.previous == .missing && headline.yearEarlier == .missing && headline.monthly == nil)
    }
    let before = try DigestSample.issue { $0.whole.previous = DigestSample.figures(0) }
    #expect(before.headlines[0].monthly == .count(108, perMille: nil), "of nothing there is no share")
    #expect(before.headlines[2].monthly == nil)
  }

  // MARK: selection

  @Test func theSensitiveTrackHasNoMatters() {
    #expect(PublishableMatter(id: 1, kind: .idea, track: .sensitive, facts: PublishableMatter.Facts()) == nil)
    #expect(
      PublishableHotMatter(
        id: 1, track: .sensitive, title: .empty, topic: nil, areas: [], channels: [], people: 9, before: 0, again: 0) == nil)
  }

  @Test func eachSectionHasItsOwn() throws {
    let sections = try DigestSample.issue().sections
    #expect(sections.map(\.section) == DigestSection.allCases)
    #expect(sections.map { $0.items.map(\.matter.id) } == [[1], [2], [3], [4]])
    #expect(sections[0].items[0].choice.reasons.map(\.name.code) == ["support", "score", "adopted", "outcome"])
    // 12 people, 21.5 of 25, adopted, planned.
    #expect(sections[0].items[0].choice.points == 24 + 86 + 30 + 10)
    #expect(sections[1].items[0].matter.elapsed.map { Int($0) } == 7_980)
  }

  @Test func nobodysUnreadWordsAreChosen() throws {
    let issue = try DigestSample.issue {
      $0.matters[0].facts.isReviewed = false
      $0.matters[1].facts.isRejected = true
    }
    #expect(issue.sections[0].items.isEmpty && issue.sections[1].items.isEmpty)
  }

  @Test func areasShareThePlaces() {
    func idea(_ id: Int, _ area: String, _ support: Int) -> PublishableMatter {
      DigestSample.matter(id, area: area) { $0.support = support }
    }
    var rule = DigestSelection()
    rule.places[.ideas] = 3
    let chosen = rule.choose(.ideas, from: [idea(1, "A", 20), idea(2, "A", 19), idea(3, "A", 18), idea(4, "B", 12)])
    #expect(chosen.map(\.matter.id) == [1, 4, 2])
    #expect(chosen[2].reasons.last?.name.code == "spread" && chosen[2].reasons.last?.points == -15)
    #expect(rule.choose(.ideas, from: [idea(4, "B", 12), idea(3, "A", 12)]).map(\.matter.id) == [3, 4], "equal ones by number")
  }

  // MARK: editing

  @Test func editorsPinDropOrderAndRewrite() throws {
    var unread = DigestSample.matter(7, title: "没人看过的") { $0.isReviewed = false }
    unread.body = PublishableText("原文")
    let issue = try DigestSample.issue({ $0.matters += [unread, DigestSample.matter(8) { $0.support = 9 }] }) {
      $0.pins = [7]
      $0.drops = [1, 9]
      $0.order = [8]
      $0.rewrites = [7: DigestEditing.Rewrite(text: "改过的，电话 13800138000")]
      $0.foreword = "联系 13800138000"
      $0.calls = ["夏季高温"]
    }
    #expect(issue.sections[0].items.map(\.matter.id) == [8, 7])
    let pinned = issue.sections[0].items[1]
    #expect(pinned.choice.isPinned && pinned.isRewritten && pinned.matter.title.text == "没人看过的")
    #expect(pinned.matter.body.text.hasPrefix("改过的") && !pinned.matter.body.text.contains("138001"))
    #expect(!issue.foreword.text.contains("138001"))
    #expect(issue.hot.isEmpty)
    #expect(issue.calls == [DigestCall(DigestLabel(nil, "夏季高温", "夏季高温"))])
    #expect(issue.cases == [2, 3, 4, 7, 8])
  }

  @Test func whatTheMonthDoesNotHaveIsTold() {
    #expect(throws: DigestEditingFault(unknown: [77, 78])) {
      try DigestSample.issue({ _ in }) {
        $0.pins = [78]
        $0.rewrites = [77: DigestEditing.Rewrite(title: "x")]
      }
    }
  }

  @Test func callsFollowTheGrowth() throws {
    #expect(try DigestSample.issue().calls.map(\.text.code) == ["T1"])
    let first = try DigestSample.issue { material in
      for index in material.breakdowns[1].groups.indices { material.breakdowns[1].groups[index].previous = nil }
      material.whole.previous = nil
    }
    #expect(first.calls.map(\.text.code) == ["T1", "T2"])
  }

  @Test func standingsNeedEnough() throws {
    func issue(_ counts: [Int]) throws -> DigestIssue {
      try DigestSample.issue({ material in
        material.breakdowns.append(
          DigestSample.breakdown(
            "department",
            counts.enumerated().map { place, count in
              var group = DigestSample.group("U\(place)", count)
              group.figures["on-time.answer"] = .share(count - place, of: count)
              return group
            }))
      }) { $0.hasStandings = true }
    }
    let standings = try #require(try issue([40, 40, 40, 40, 12]).standings)
    #expect(standings.first.map(\.name.code) == ["U0", "U1"])
    #expect(standings.last.map(\.name.code) == ["U3", "U2"])
    let few = try #require(try issue([40, 40, 12, 12]).standings)
    #expect(few.first.isEmpty && few.last.isEmpty)
    #expect(try DigestSample.issue().standings == nil)
  }
}
