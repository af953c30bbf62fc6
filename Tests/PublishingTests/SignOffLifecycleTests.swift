import Publishing
import Testing

/// Every legal and every illegal pair, from the table itself.
@Suite struct SignOffLifecycleTests {
  @Test func codesAreStable() {
    #expect(Set(SignOffAction.allCases.map(\.code)).count == SignOffAction.allCases.count)
    #expect(SignOffAction.allCases.allSatisfy { SignOffAction(code: $0.code) == $0 })
    #expect(
      SignOffState.allCases.map(\.code)
        == ["draft", "edited", "first-reviewed", "second-reviewed", "third-reviewed", "published"])
    #expect(SignOffState.allCases.map(\.rawValue) == Array(0...5))
    #expect(SignOffStep.allCases.map(\.rawValue) == Array(1...6))
    #expect(SignOffStep.signatures + SignOffStep.ticks == SignOffStep.allCases)
    #expect(SignOffStep.signatures.map(\.chinese) == ["责编", "一审", "二审", "三审"])
  }

  @Test func everythingIsInTheTableOnce() {
    let edges = SignOffLifecycle.edges
    #expect(Set(edges.map(\.action)) == Set(SignOffAction.allCases))
    #expect(Set(edges.flatMap(\.conditions)) == Set(SignOffCondition.allCases))
    #expect(Set(edges.flatMap(\.needs)) == Set(SignOffNeed.allCases))
    for action in SignOffAction.allCases {
      for state in SignOffState.allCases {
        #expect(edges.count { $0.action == action && $0.from.contains(state) } <= 1, "\(action) \(state)")
      }
    }
  }

  /// What was published is as it was: nothing leads out of it, and nothing but the third review leads to it.
  @Test func publishedIsTheEnd() {
    #expect(!SignOffLifecycle.edges.contains { $0.from.contains(.published) })
    #expect(SignOffLifecycle.edges.filter { $0.to == .published }.map(\.from) == [[.thirdReviewed]])
  }

  /// What is signed names what was signed.
  @Test func whateverIsSignedIsFrozen() {
    for row in SignOffLifecycle.edges where row.action.step != nil || row.action == .publish {
      #expect(row.needs.contains(.hash) && row.conditions.contains(.isUnchanged), "\(row.action)")
    }
    for row in SignOffLifecycle.edges where row.action.changesContent { #expect(row.to == .draft) }
  }

  @Test(arguments: SignOffAction.allCases) func everyPair(_ action: SignOffAction) throws {
    for state in SignOffState.allCases {
      let file = try SignOffSample.history(to: state).file()
      for role in ["publisher", "lead", "moderator"] {
        let outcome = SignOffLifecycle.outcome(
          of: SignOffSample.request(action), on: file, by: SignOffSample.actor("somebody", role),
          under: SignOffSample.duties)
        let row = SignOffLifecycle.edges.first { $0.action == action && $0.from.contains(state) }
        let mayDo = SignOffSample.duties.roles[action]?.contains(role) ?? false
        switch outcome {
        case .success(let event):
          #expect(row != nil && mayDo, "\(action) \(state) \(role)")
          #expect(event.before == state && event.after == row?.to ?? state && event.number == file.version + 1)
        case .failure(let refusal):
          #expect(refusal.from == state && refusal.action == action)
          guard let row else {
            let allowed = SignOffLifecycle.edges.filter { $0.action == action }
              .reduce(into: Set()) { $0.formUnion($1.from) }
            #expect(refusal.facts == [.noEdge(allowedFrom: allowed.sorted { $0.rawValue < $1.rawValue })])
            continue
          }
          #expect(refusal.to == row.to ?? state)
          if !mayDo {
            #expect(refusal.facts.first?.code == "wrong-role", "\(action) \(state) \(role)")
          } else {
            #expect(!row.conditions.isEmpty, "\(action) \(state) \(role) \(refusal.facts)")
          }
        }
      }
    }
  }

  @Test func eachNeedIsAskedFor() throws {
    for row in SignOffLifecycle.edges where !row.action.isAutomatic {
      for state in row.from {
        let file = try SignOffSample.history(to: state).file()
        let role = try #require(SignOffSample.duties.roles[row.action]?.first)
        for need in row.needs {
          var request = SignOffSample.request(row.action)
          switch need {
          case .reason: request.reason = " \n"
          case .hash: request.content.hash = "abc"
          case .word: request.word = nil
          }
          let outcome = SignOffLifecycle.outcome(
            of: request, on: file, by: SignOffSample.actor("somebody", role), under: SignOffSample.duties)
          #expect(outcome == .failure(SignOffRefusal(row.action, from: state, to: row.to ?? state, [.missing(need)])))
        }
      }
    }
  }

  @Test func theHouseOfTheArticlePublishes() throws {
    let history = try SignOffSample.history(8)
    let file = try history.file()
    #expect(file.state == .published && file.missing.isEmpty && file.published?.actor == "wang")
    let colophon = try #require(SignOffColophon(file))
    #expect(colophon.lines.map(\.step) == SignOffStep.signatures)
    #expect(colophon.lines.map(\.name) == ["WANG", "WANG", "WEN", "ZOU"])
    #expect(colophon.publishedAt == SignOffSample.now && colophon.corrects == nil)
    for count in 0..<7 { #expect(SignOffColophon(try SignOffSample.history(count).file()) == nil) }
    #expect(history.events[2].alongside == [.edit])
  }

  @Test func aRefusalNamesWhoAndWhat() throws {
    let file = try SignOffSample.history(to: .firstReviewed).file()
    let doubled = SignOffLifecycle.outcome(
      of: SignOffSample.request(.signSecond, SignOffSample.other), on: file, by: SignOffSample.actor("wang"),
      under: SignOffSample.duties)
    #expect(
      doubled == .failure(
        SignOffRefusal(
          .signSecond, from: .firstReviewed, to: .secondReviewed,
          [
            .otherContent(frozen: SignOffSample.content.hash, found: SignOffSample.other.hash),
            .doubled(.secondReview, with: .edit, by: "wang"), .doubled(.secondReview, with: .firstReview, by: "wang"),
          ])))
    let unticked = SignOffLifecycle.outcome(
      of: SignOffSample.request(.signThird), on: try SignOffSample.history(4).file(),
      by: SignOffSample.actor("zou", "lead"), under: SignOffSample.duties)
    #expect(
      unticked == .failure(
        SignOffRefusal(
          .signThird, from: .secondReviewed, to: .thirdReviewed, [.unsigned(.secrecy), .unsigned(.personalData)])))
    let again = SignOffLifecycle.outcome(
      of: SignOffSample.request(.tickSecrecy), on: try SignOffSample.history(5).file(),
      by: SignOffSample.actor("li"), under: SignOffSample.duties)
    #expect(
      again == .failure(
        SignOffRefusal(
          .tickSecrecy, from: .secondReviewed, to: .secondReviewed, [.repeated(.secrecy, by: "wen")])))
    var district = SignOffSample.actor("zou", "lead")
    district.isCityWide = false
    let refused = SignOffLifecycle.outcome(
      of: SignOffSample.request(.signThird), on: try SignOffSample.history(6).file(), by: district,
      under: SignOffSample.duties)
    #expect(refused == .failure(SignOffRefusal(.signThird, from: .secondReviewed, to: .thirdReviewed, [.partOfCity])))
  }

  /// Words are settled before the first review: gone, or accepted as often as they stand there.
  @Test func openWordsKeepTheFirstReviewAway() throws {
    var file = try SignOffSample.history(2).file()
    let wang = SignOffSample.actor("wang")
    func sign(_ hits: [SignOffHit]) -> Result<SignOffEvent, SignOffRefusal> {
      var request = SignOffSample.request(.signFirst)
      request.hits = hits
      return SignOffLifecycle.outcome(of: request, on: file, by: wang, under: SignOffSample.duties)
    }
    var more = SignOffSample.hit
    more.count = 3
    var elsewhere = SignOffSample.hit
    elsewhere.part = "foreword"
    #expect(throws: Never.self) { try sign([SignOffSample.hit]).get() }
    #expect(throws: Never.self) { try sign([]).get() }
    for hit in [more, elsewhere] {
      #expect(
        sign([hit]) == .failure(
          SignOffRefusal(.signFirst, from: .edited, to: .firstReviewed, [.openWord(hit)])))
    }
    // An edit voids what was accepted with the rest.
    var history = try SignOffSample.history(2)
    history.append(
      try SignOffLifecycle.outcome(
        of: SignOffSample.request(.revise, SignOffSample.other), on: file, by: wang, under: SignOffSample.duties).get())
    file = try history.file()
    #expect(file.state == .draft && file.accepted.isEmpty && file.signatures.isEmpty)
    #expect(file.content == SignOffSample.other && file.frozenBy == 3)
    let stray = SignOffLifecycle.outcome(
      of: SignOffRequest(
        .accept, at: 1, content: SignOffSample.other, hits: [], reason: "原文如此", word: SignOffSample.hit), on: file,
      by: wang, under: SignOffSample.duties)
    #expect(stray == .failure(SignOffRefusal(.accept, from: .draft, to: .draft, [.noSuchHit(SignOffSample.hit)])))
  }

  /// What no sequence of legal acts makes is no history: each event of the way changed in each of its facts.
  @Test func aHistoryThatDoesNotFollowIsAFault() throws {
    let whole = try SignOffSample.history(8)
    func expectFault(_ place: Int, _ change: (inout SignOffEvent) -> Void) {
      var events = whole.events
      change(&events[place])
      #expect(throws: SignOffFault.self, "\(place)") { try SignOffHistory(whole.opening, events: events).file() }
    }
    for place in whole.events.indices {
      // Without the acceptance or the last act it could be another issue's history.
      if place > 0, place < whole.events.count - 1 {
        var events = whole.events
        events.remove(at: place)
        #expect(throws: SignOffFault.self, "\(place)") { try SignOffHistory(whole.opening, events: events).file() }
        for index in events.indices { events[index].number = index + 1 }
        #expect(throws: SignOffFault.self, "\(place)") { try SignOffHistory(whole.opening, events: events).file() }
      }
      expectFault(place) { $0.number += 1 }
      expectFault(place) { $0.after = $0.after == .draft ? .published : .draft }
      expectFault(place) { $0.before = $0.before == .draft ? .published : .draft }
      expectFault(place) { $0.hash = SignOffSample.other.hash }
    }
    expectFault(2) { $0.alongside = [] }
    expectFault(3) { ($0.actor, $0.alongside) = ("wang", [.edit, .firstReview]) }
    expectFault(6) { ($0.actor, $0.alongside) = ("wen", [.secondReview, .secrecy, .personalData]) }
    expectFault(5) { $0.action = .tickSecrecy }
  }
}
