import Foundation
import Pipeline
import TestSupport
import Testing

/// One run: counts, threads, dry runs.
struct IntakeRunTests {
  private static func group() throws -> (form: String, text: String) {
    let text = String(decoding: try PackageRoot.bytes("fixtures/inbox/work-group-2025-05.jsonl"), as: UTF8.self)
    return (form: "work-group", text: text)
  }

  @Test func readIsTheSumOfItsParts() throws {
    let broken = (form: "work-group", text: GroupMessage(id: "WG-X", text: "雨棚漏水").line + "{\n")
    let report = try Intakes().run([try IntakeRunTests.group(), broken])
    var sum = IntakeCounts()
    for file in report.files { sum += file.counts }
    #expect(sum == report.total)
    #expect(report.files.map(\.counts.quarantined) == [0, 1])
    let total = report.total
    #expect(total.read == total.new + total.revised + total.unchanged + total.quarantined)
    #expect(total.new == total.suggestions + total.exact)
  }

  @Test(arguments: [1, 3, 8]) func threadsDoNotShow(_ threads: Int) throws {
    let (one, several) = (try Intakes(), try Intakes())
    try one.run([try IntakeRunTests.group()], threads: 1)
    try several.run([try IntakeRunTests.group()], threads: threads)
    #expect(try several.canonical() == one.canonical())
  }

  @Test func aDryRunDecidesAsARunWould() throws {
    let intakes = try Intakes()
    let trial = try intakes.run([try IntakeRunTests.group()], isDryRun: true)
    #expect(try intakes.canonical().isEmpty)
    let report = try intakes.run([try IntakeRunTests.group()])
    #expect(trial.total == report.total)
    #expect(report.total.new == 52)
  }

  @Test func nothingToReadIsNoFault() throws {
    let intakes = try Intakes()
    #expect(try intakes.run([]).total == IntakeCounts())
    #expect(try intakes.run([(form: "work-group", text: "")]).total == IntakeCounts())
    #expect(try intakes.run([(form: "work-group", text: "\n\n")]).total == IntakeCounts())
    #expect(try intakes.isSound())
  }
}
