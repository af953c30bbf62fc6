import Foundation
import Publishing
import TestSupport
import Testing

/// All orders and all mixes of people and roles: every file that any sequence of acts can lead to, and random sequences
/// against a model that knows no table.
@Suite struct SignOffModelTests {
  static let roles = ["publisher", "lead", "administrator"]

  /// What a file is for all that may follow: when it was signed makes no difference.
  private struct Standing: Hashable {
    var state: SignOffState
    var signers: [SignOffStep: String]
  }

  /// - Returns: every history that ends in a standing of its own, one for each.
  private func closure(of duties: SignOffDuties, _ names: [String]) throws -> [SignOffHistory] {
    func standing(_ file: SignOffFile) -> Standing {
      Standing(
        state: file.state,
        signers: Dictionary(file.signatures.map { ($0.step, $0.actor) }) { first, second in first + "+" + second })
    }
    var found = [SignOffHistory(SignOffSample.opening)]
    var seen: Set<Standing> = [standing(try found[0].file())]
    var next = 0
    while next < found.count {
      let history = found[next]
      next += 1
      let file = try history.file()
      for action in SignOffAction.allCases {
        for name in names {
          for role in SignOffModelTests.roles {
            for content in [SignOffSample.content, SignOffSample.other] {
              // One content is enough to change to; another must not be signed.
              if content != SignOffSample.content, action == .revise || name != names[0] { continue }
              let request = SignOffRequest(action, at: SignOffSample.now, content: content, reason: "看过")
              guard case .success(let event) = SignOffLifecycle.outcome(
                of: request, on: file, by: SignOffSample.actor(name, role), under: duties)
              else { continue }
              #expect(duties.roles[action]?.contains(role) == true)
              #expect(action == .sendBack || event.hash == SignOffSample.content.hash)
              var later = history
              later.append(event)
              // The fold takes everything the table allows.
              if seen.insert(standing(try later.file())).inserted { found.append(later) }
            }
          }
        }
      }
    }
    return found
  }

  private func expectWhole(_ histories: [SignOffHistory], _ duties: SignOffDuties) throws -> Int {
    var published = 0
    for history in histories {
      let file = try history.file()
      guard file.state == .published else { continue }
      published += 1
      let signers = Dictionary(grouping: file.signatures, by: \.step).mapValues { $0.map(\.actor) }
      #expect(Set(signers.keys) == Set(SignOffStep.allCases) && signers.values.allSatisfy { $0.count == 1 })
      #expect(file.signatures.allSatisfy { $0.hash == SignOffSample.content.hash })
      for one in SignOffStep.allCases {
        for other in SignOffStep.allCases where one != other && signers[one] == signers[other] {
          #expect(duties.shared.contains { $0.steps == [one, other] }, "\(one) and \(other)")
          let printed: Set<SignOffStep> = [one, other]
          #expect(printed.contains { $0.isTick } || printed == [.edit, .firstReview], "\(one) and \(other)")
        }
      }
    }
    return published
  }

  @Test func nobodyPublishesWithAMissingOrDoubledSignature() throws {
    let four = ["a", "b", "c", "d"]
    let everything = SignOffDuties(roles: SignOffSample.roles, shared: Set(SignOffSample.pairs))
    for duties in [SignOffSample.duties, everything] {
      let histories = try closure(of: duties, four)
      #expect(try expectWhole(histories, duties) > 10)
      #expect(Set(try histories.map { try $0.file().state }) == Set(SignOffState.allCases))
    }
  }

  /// Six steps kept apart take six people.
  @Test func whereNothingIsSharedSixPeopleSign() throws {
    let alone = SignOffDuties(roles: SignOffSample.roles)
    #expect(try expectWhole(try closure(of: alone, ["a", "b", "c", "d", "e"]), alone) == 0)
    #expect(try expectWhole(try closure(of: alone, ["a", "b", "c", "d", "e", "f"]), alone) > 0)
  }

  @Test func onePersonWithEveryRoleGetsNowhere() throws {
    let everything = SignOffDuties(roles: SignOffSample.roles, shared: Set(SignOffSample.pairs))
    let states = try closure(of: everything, ["a"]).map { try $0.file().state }
    #expect(Set(states) == [.draft, .edited, .firstReviewed])
    let two = try closure(of: everything, ["a", "b"]).map { try $0.file().state }
    #expect(!two.contains(.thirdReviewed) && !two.contains(.published))
  }

  // MARK: Random sequences

  /// 40,000 acts in the suite; `GOLDEN_IDEAS_OPERATIONS=1000000` makes it a million.
  static let operations = ProcessInfo.processInfo.environment["GOLDEN_IDEAS_OPERATIONS"].flatMap { Int($0) } ?? 40_000

  /// An issue as somebody would keep it on paper.
  private struct Paper {
    var names: [SignOffStep: String] = [:]
    var hash = SignOffSample.content.hash
    var isOut = false
    /// How many of the four stand on it.
    var signed: Int { SignOffStep.signatures.count { names[$0] != nil } }

    func takes(_ action: SignOffAction, by name: String, _ role: String, _ hash: String) -> Bool {
      guard !isOut, SignOffSample.roles[action]?.contains(role) ?? false else { return false }
      switch action {
      case .revise: return true
      case .sendBack: return signed > 0
      case .publish: return names.count == 6 && hash == self.hash
      case .accept, .forget: return false
      default: break
      }
      guard hash == self.hash, let step = action.step, names[step] == nil else { return false }
      if step.isTick {
        guard (1...3).contains(signed) else { return false }
      } else {
        guard SignOffStep.signatures[signed] == step else { return false }
        if step == .thirdReview, names[.secrecy] == nil || names[.personalData] == nil { return false }
      }
      let mine = Set(names.filter { $0.value == name }.keys)
      switch step {
      case .edit: return true
      case .firstReview: return mine.isSubset(of: [.edit])
      case .secondReview: return mine.isSubset(of: [.secrecy, .personalData])
      case .thirdReview: return mine.isEmpty
      case .secrecy: return mine.isSubset(of: [.personalData, .secondReview])
      case .personalData: return mine.isSubset(of: [.secrecy, .secondReview])
      }
    }
  }

  @Test func noSequenceLeadsAstray() throws {
    var generator = SeededGenerator(7)
    var history = SignOffHistory(SignOffSample.opening)
    var paper = Paper()
    var (done, published) = (0, 0)
    for _ in 0..<SignOffModelTests.operations {
      let file = try history.file()
      let content = generator.below(8) == 0 ? SignOffSample.other : SignOffContent(hash: file.content.hash)
      let name = generator.element(of: ["a", "b", "c", "d", "e", "f"])
      let role = generator.element(of: SignOffModelTests.roles)
      let action = generator.below(20) == 0
        ? generator.element(of: SignOffAction.allCases)
        : generator.element(of: SignOffAction.allCases.filter { $0.step != nil || $0 == .publish })
      let request = SignOffRequest(action, at: SignOffSample.now, content: content, reason: "看过")
      let outcome = SignOffLifecycle.outcome(
        of: request, on: file, by: SignOffSample.actor(name, role), under: SignOffSample.duties)
      let isTaken = paper.takes(action, by: name, role, content.hash)
      guard case .success(let event) = outcome else {
        #expect(!isTaken, "\(action) from \(file.state) by \(name), \(role): \(outcome)")
        continue
      }
      #expect(isTaken, "\(action) from \(file.state) by \(name), \(role)")
      done += 1
      history.append(event)
      switch action {
      case .revise: paper = Paper(hash: content.hash)
      case .sendBack: paper.names = [:]
      case .publish: paper.isOut = true
      default: if let step = action.step { paper.names[step] = name }
      }
      let after = try history.file()
      #expect(Dictionary(uniqueKeysWithValues: after.signatures.map { ($0.step, $0.actor) }) == paper.names)
      #expect((after.state == .published) == paper.isOut)
      if paper.isOut || history.events.count > 40 {
        published += paper.isOut ? 1 : 0
        history = SignOffHistory(SignOffSample.opening)
        paper = Paper()
      }
    }
    #expect(done > SignOffModelTests.operations / 50 && published > SignOffModelTests.operations / 4_000)
  }
}
