import Foundation
import TestSupport
import Testing

/// Places on the command line.
struct RegionsCommandTests {
  @Test func aTextsPlacesAreFound() throws {
    let text = "🛵鼎城区花溪路与善德路交叉口，柳叶湖也有"
    let run = try CommandRun.of(["regions", "find", text, "--json"])
    #expect(run.ending == .exited(0), "\(run.errors)")
    let report = try JSONValue(run.standardOutput)
    let places = report["places"].list
    let keys: Set = ["text", "part", "start", "count", "level", "code", "station", "candidates"]
    #expect(places.allSatisfy { $0.keys == keys })
    #expect(places.map { $0["text"].text } == ["鼎城区", "花溪路与善德路交叉口", "花溪路", "柳叶湖"])
    #expect(places.map { $0["level"].text } == ["county", "crossing", "road", nil])
    #expect(places.map { $0["start"].int } == [1, 4, 4, 15])
    #expect(places.map { $0["code"].text } == ["430703", "430703", "430703", nil])
    #expect(places.last?["candidates"].list.map(\.text) == ["4307Z1", "430702013"])
    #expect(report["asked"].text == "柳叶湖")
    // The same as in the explanation of the text.
    let explained = try JSONValue(try CommandRun.of(["rules", "explain", text, "--json"]).standardOutput)
    #expect(explained["places"] == report["places"])
    let people = try CommandRun.of(["regions", "find", text]).output
    #expect(people.contains("⟦花溪路与善德路交叉口⟧4  路口  鼎城区 430703"))
    let screen = try CommandRun.of(["rules", "explain", text]).output
    for line in people.split(separator: "\n") { #expect(screen.contains(line)) }
    #expect(try CommandRun.of(["regions", "find", "月球背面", "--language", "en"]).output.contains("no place"))
  }

  @Test func theTreeIsListed() throws {
    let report = try JSONValue(try CommandRun.of(["regions", "list", "--json"]).standardOutput)
    let regions = report["regions"].list
    #expect(regions.first?["code"].text == "4307")
    #expect(regions.allSatisfy { $0.keys == ["code", "name", "level", "parent", "aliases"] })
    #expect(Set(regions.map { $0["code"].text }).count == regions.count)
    let counties = try JSONValue(try CommandRun.of(["regions", "list", "--level", "county", "--json"]).standardOutput)
    #expect(counties["regions"].list.count == 10)
    #expect(counties["regions"].list.allSatisfy { $0["parent"].text == "4307" })
    let screen = try CommandRun.of(["regions", "list"]).output
    #expect(screen.split(separator: "\n").count == regions.count + 1)
    #expect(try CommandRun.of(["regions", "list", "--level", "planet"]).ending == .exited(2))
  }

  private static let list = "code,name,cityCode\n4399,\"镜湖市\",\n439901,\"鼎山区\",4399\n439901001,\"郭家桥街道\",439901\n"

  @Test func aListBecomesAGazette() throws {
    let store = try StoreUnderTest()
    let list = try store.write("list.csv", Self.list)
    let printed = try CommandRun.of(["regions", "import", list, "--city", "4399"])
    #expect(printed.ending == .exited(0), "\(printed.errors)")
    let street = #"{code: "439901001", name: 郭家桥街道, level: street, parent: "439901", aliases: [郭家桥]}"#
    #expect(printed.output.contains(street))
    let output = store.folder.path("regions.yaml")
    let arguments = ["regions", "import", list, "--city", "4399", "--output", output]
    let written = try CommandRun.of(arguments + ["--json"])
    #expect(written.ending == .exited(0), "\(written.errors)")
    #expect(try JSONValue(written.standardOutput)["regions"].int == 3)
    #expect(FileManager.default.contents(atPath: output) == printed.standardOutput)
    // What is there is not overwritten unasked.
    try Data("mine".utf8).write(to: URL(fileURLWithPath: output))
    let refused = try CommandRun.of(arguments + ["--language", "en"])
    #expect(refused.ending == .exited(2))
    #expect(refused.errors.contains("--force"))
    #expect(FileManager.default.contents(atPath: output) == Data("mine".utf8))
    #expect(try CommandRun.of(arguments + ["--force"]).ending == .exited(0))
    #expect(FileManager.default.contents(atPath: output) == printed.standardOutput)
  }

  @Test func faultsNameFileLineAndWhatIsWanted() throws {
    let store = try StoreUnderTest()
    let list = try store.write("list.csv", Self.list + "439902,\"乙区\"\n")
    for (language, words) in [("zh", "应有 3 列，这一行有 2 列"), ("en", "expected 3 columns, this line has 2")] {
      let run = try CommandRun.of(["regions", "import", list, "--city", "4399", "--language", language])
      #expect(run.ending == .exited(2))
      #expect(run.standardOutput.isEmpty)
      #expect(run.errors.contains("list.csv:5: \(words)"), "\(run.errors)")
    }
    let good = try store.write("good.csv", Self.list)
    let unknown = try CommandRun.of(["regions", "import", good, "--city", "1101"])
    #expect(unknown.ending == .exited(2))
    #expect(unknown.errors.contains("1101"))
    #expect(try CommandRun.of(["regions", "import", store.folder.path("none"), "--city", "1"]).ending == .exited(2))
  }
}
