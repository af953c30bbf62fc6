import Foundation
import Pipeline
import Stages
import Store
import Suggestions
import TestSupport
import Testing
import Text

/// Whoever was erased is not taken in again, by any road; everybody else is as before.
struct ErasureTests {
  private static let lamp = GroupMessage(id: "W-1", text: "桥南市场后门路灯不亮，晚上取件看不清台阶，已经半个月了", place: "桥南")
  private static let cover = GroupMessage(
    id: "W-2", text: "花溪路口转弯的地方井盖裂了，车一过就响，骑手差点摔倒", sender: "乙", place: "花溪路")

  private func erase(_ intakes: Intakes, _ numbers: [Int]) throws {
    let store = try SuggestionStore(
      url: intakes.folder.path("store.db"), access: .existing, folding: Folding.version)
    let act = try #require(StaffAct(actor: "周敏", reason: "本人要求", at: 1_751_400_000))
    let report = try store.erase(numbers, act: act).get()
    #expect(report.erased.map(\.number) == numbers && report.isFinished)
    try store.close()
  }

  /// Every byte of the store and of what lies beside it.
  private func bytes(_ intakes: Intakes) -> Data {
    ["", "-wal", "-shm", ".keys", ".erased"].reduce(into: Data()) {
      $0 += FileManager.default.contents(atPath: intakes.folder.path("store.db" + $1)) ?? Data()
    }
  }

  @Test func anotherImportBringsNobodyBack() throws {
    let intakes = try Intakes()
    let file = GroupMessage.file([Self.lamp, Self.cover])
    try intakes.run([file])
    try erase(intakes, [1])
    let after = try intakes.canonical()
    let again = try intakes.run([file])
    #expect(again.total.new == 0 && again.total.revised == 0 && again.total.unchanged == 2)
    var changed = Self.lamp
    changed.text += "，请尽快"
    let dry = try intakes.run([GroupMessage.file([changed])], isDryRun: true)
    #expect(dry.total.unchanged == 1)
    let revised = try intakes.run([GroupMessage.file([changed, Self.cover])])
    #expect(revised.total.unchanged == 2)
    #expect(try intakes.canonical() == after)
    #expect(bytes(intakes).range(of: Data("桥南市场".utf8)) == nil)
    #expect(try intakes.isSound())
  }

  /// The same words from somebody else are somebody else's.
  @Test func theSameWordsOfAnotherAreNew() throws {
    let intakes = try Intakes()
    try intakes.run([GroupMessage.file([Self.lamp, Self.cover])])
    try erase(intakes, [1])
    var other = Self.lamp
    (other.id, other.sender) = ("W-9", "丙")
    let report = try intakes.run([GroupMessage.file([other])])
    #expect(report.total.new == 1 && report.total.suggestions == 1)
    #expect(report.total.exact == 0 && report.total.near == 0)
    #expect(try intakes.isSound())
  }

  /// Of several who said the same the first is erased: who says it next joins the others, and who says nearly the same is
  /// linked with them.
  @Test func repeatedTextsFindTheOthers() throws {
    let intakes = try Intakes()
    func lamp(_ id: String, _ more: String = "") -> GroupMessage {
      var message = Self.lamp
      (message.id, message.sender) = (id, id)
      message.text += more
      return message
    }
    try intakes.run([GroupMessage.file([Self.lamp, lamp("W-3"), lamp("W-4"), Self.cover])])
    try erase(intakes, [1])
    let report = try intakes.run([GroupMessage.file([lamp("W-5"), lamp("W-6", "，请派人修")])])
    #expect(report.total.exact == 1 && report.total.near == 1)
    #expect(report.total.suggestions == 1)
    #expect(try intakes.isSound())
  }

  @Test func theSameMatterIndexForgets() throws {
    let intakes = try Intakes()
    let again = GroupMessage(id: "W-3", text: "又来说一遍，桥南市场后门的路灯到现在还是不亮", sender: "戊")
    try intakes.run([GroupMessage.file([Self.lamp, Self.cover, again])])
    let path = intakes.folder.path("store.db")
    func candidates() throws -> [Int] {
      let store = try SuggestionStore(url: path, access: .existing, folding: Folding.version)
      let search = SameMatterSearch(store, by: try Intakes.book.get(), asOf: 1_751_328_000)
      let found = try search.candidates(for: 3)?.candidates.map(\.suggestion) ?? []
      try store.close()
      return found
    }
    #expect(try candidates().contains(1))
    try erase(intakes, [1])
    #expect(try !candidates().contains(1))
    #expect(try intakes.isSound())
    // One the index has not looked at yet is an empty text to it.
    try intakes.run([GroupMessage.file([GroupMessage(id: "W-7", text: "桥南市场后门那盏路灯又灭了", sender: "庚")])])
    try erase(intakes, [4])
    #expect(try !candidates().contains(4))
    #expect(try intakes.isSound())
  }

  /// What could not be taken in and then was, leaves with what came of it, and stays out.
  @Test func aBrokenRecordStaysOutToo() throws {
    let intakes = try Intakes()
    let broken = (form: "work-group", text: #"{"id":"W-8","text":"雨棚漏水MARK","time":"昨天","sender":"辛"}"# + "\n")
    #expect(try intakes.run([broken]).total.quarantined == 1)
    try intakes.run([GroupMessage.file([GroupMessage(id: "W-8", text: "雨棚漏水", sender: "辛")])])
    let store = try SuggestionStore(
      url: intakes.folder.path("store.db"), access: .existing, folding: Folding.version)
    let id = try #require(try store.quarantine().first?.id)
    #expect(try store.markRetried(id: id, submission: 1, at: 1_751_350_000))
    try store.close()
    try erase(intakes, [1])
    // Counted as read and set aside, but nothing is kept of it.
    #expect(try intakes.run([broken]).total.quarantined == 1)
    #expect(try intakes.isSound())
    let after = try SuggestionStore(
      url: intakes.folder.path("store.db"), access: .existing, folding: Folding.version)
    #expect(try after.quarantine(state: nil).count == 1)
    #expect(try after.tail().seal == 3)
    try after.close()
  }

  /// A backup of before brings the index back with its text; both go.
  @Test func aRestoreForgetsInTheIndexToo() throws {
    let intakes = try Intakes()
    try intakes.run([GroupMessage.file([Self.lamp, Self.cover])])
    let path = intakes.folder.path("store.db")
    let store = try SuggestionStore(url: path, access: .existing, folding: Folding.version)
    try SameMatterIndex(store).catchUp()
    _ = try store.backup(to: intakes.folder.path("one.backup")).get()
    try store.close()
    try erase(intakes, [1])
    let act = try #require(StaffAct(actor: "周敏", reason: "演练", at: 1_751_500_000))
    let report = try SuggestionStore.restore(
      intakes.folder.path("one.backup"),
      as: RestorePlan(url: path, isForced: true, folding: Folding.version), act: act).get()
    #expect(report.replayed.map(\.number) == [1] && report.verification.isSound)
    #expect(bytes(intakes).range(of: Data("桥南市场".utf8)) == nil)
    #expect(try intakes.run([GroupMessage.file([Self.lamp, Self.cover])]).total.unchanged == 2)
    #expect(try intakes.isSound())
  }
}
