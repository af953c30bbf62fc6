import Publishing
import TestSupport
import Testing

/// The data of the sign-off: who may, who may not be one, and which words are wrong.
@Suite struct SignOffSettingTests {
  static let roles: Set = ["publisher", "lead", "moderator"]

  private func duties(_ yaml: String) throws -> SignOffDuties {
    try SignOffDuties(yaml: Array(yaml.utf8), file: "signoff.yaml", roles: Self.roles)
  }

  private func facts(_ body: () throws -> Void) -> [SignOffSettingFault.Fact] {
    do {
      try body()
      return []
    } catch let fault as SignOffSettingFault {
      return fault.problems.map(\.fact)
    } catch {
      return [.notYAML("\(error)")]
    }
  }

  @Test func theShippedFilesAreRead() throws {
    let duties = try SignOffDuties(
      yaml: PackageRoot.bytes("rules/digest/signoff.yaml"), file: "signoff.yaml", roles: Self.roles)
    #expect(duties == SignOffSample.duties)
    let words = try SignOffWords(yaml: PackageRoot.bytes("rules/digest/words.yaml"), file: "words.yaml")
    #expect(words.words.count > 20)
    // What is right must not be wrong itself, or mending one word would bring up the next.
    for word in words.words {
      #expect(words.hits(in: [("right", word.right)]).isEmpty, "\(word.right)")
      #expect(words.hits(in: [("wrong", word.wrong)]).map(\.word) == [word.wrong], "\(word.wrong)")
    }
  }

  @Test func everyFaultIsNamedWithItsLine() throws {
    #expect(throws: SignOffSettingFault.self) { try duties("[]") }
    let yaml = """
      roles:
        publish: [publisher, mayor]
        forget: [lead]
        sign-edit: publisher
      same_person:
        - [edit, third-review]
        - [edit, edit]
        - [edit, proofread]
        - [edit]
      more: 1
      """
    let found = facts { _ = try duties(yaml) }
    for fact: SignOffSettingFault.Fact in [
      .unknownCode(key: "publish", code: "mayor"), .unknownKey("forget"), .unknownKey("more"),
      .wrongType(key: "sign-edit", expected: "list"), .missingKey("sign-third-review"),
      .neverShared("edit", "third-review"), .neverShared("edit", "edit"),
      .unknownCode(key: "same_person", code: "proofread"), .wrongType(key: "same_person", expected: "two steps"),
    ] {
      #expect(found.contains(fact), "\(fact.code)")
    }
    #expect(facts { _ = try duties("roles: {}") }.contains(.missingKey("same_person")))
    #expect(facts { _ = try duties("roles: [\n") }.map(\.code) == ["not-yaml"])
  }

  @Test func faultyWordsAreNamed() throws {
    let yaml = """
      words:
        - {wrong: 窖井, right: 窨井, except: [窖井盖厂, 井盖]}
        - {wrong: 窖井, right: 阴井}
        - {wrong: 按装, left: 安装}
        - 帐号
      """
    let found = facts { _ = try SignOffWords(yaml: Array(yaml.utf8), file: "words.yaml") }
    #expect(
      Set(found) == [
        .strayException("井盖"), .repeatedName(key: "wrong", name: "窖井"), .unknownKey("left"), .missingKey("right"),
        .wrongType(key: "words", expected: "mapping"),
      ])
  }

  @Test func wordsAreFoundWhereTheyStand() {
    let words = SignOffWords([
      .init(wrong: "窖井", right: "窨井", except: ["窖井子村"]), .init(wrong: "截止", right: "截至", except: ["截止日期"]),
      .init(wrong: "截止目前", right: "截至目前"),
    ])
    let hits = words.hits(in: [
      ("foreword", "截止目前，窖井三处；窖井子村的窖井一处"), ("case 3", "截止日期未到"), ("case 4", ""), ("case 5", "截止7月截止"),
    ])
    #expect(
      hits == [
        SignOffHit(word: "窖井", part: "foreword", count: 2), SignOffHit(word: "截止目前", part: "foreword", count: 1),
        SignOffHit(word: "截止", part: "case 5", count: 2),
      ])
  }
}
