import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What `serve` does while nobody types: a watched folder, and an end that is one.
@Suite(.serialized)
struct ServeCommandTests {
  private func store() throws -> StoreUnderTest {
    let store = try StoreUnderTest()
    let made = try store.run("migrate")
    try #require(made.ending == .exited(0), "\(made.errors)")
    try FileManager.default.createDirectory(atPath: store.folder.path("inbox"), withIntermediateDirectories: true)
    return store
  }

  private func serve(_ store: StoreUnderTest) throws -> RunningCommand {
    try RunningCommand(
      store.arguments(["serve", "--port", "0", "--json", "--watch", store.folder.path("inbox")]))
  }

  private func names(_ store: StoreUnderTest, _ place: String = "") -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: store.folder.path("inbox/" + place))) ?? []).sorted()
  }

  private func report(_ store: StoreUnderTest, _ name: String) throws -> JSONValue {
    try JSONValue(Data(contentsOf: URL(fileURLWithPath: store.folder.path("inbox/" + name + ".report.json"))))
  }

  /// Asked to end, it does, and says nothing is wrong.
  private func end(_ command: RunningCommand, at location: SourceLocation = #_sourceLocation) throws {
    command.send(SIGTERM)
    let run = try command.end()
    #expect(run.ending == .exited(0), "\(run.errors)", sourceLocation: location)
    #expect(run.errors.isEmpty, "\(run.errors)", sourceLocation: location)
  }

  private let records = (1...3).map { WebForm(id: "W-\($0)", content: "花溪路口第 \($0) 盏路灯不亮，晚上看不见路") }

  @Test func aWatchedFolderIsTakenInOnceAndMoved() throws {
    let store = try store()
    let command = try serve(store)
    _ = try store.write("inbox/form.xml", WebForm.document(records))
    _ = try store.write("inbox/holiday.txt", "no form at all\n")
    _ = try store.write("inbox/.form.xml.part", WebForm.document(records))
    #expect(
      command.runs { names(store, "done").contains("form.xml") && names(store, "refused").contains("holiday.txt") })
    let taken = try report(store, "done/form.xml")
    #expect(taken["read"].int == 3 && taken["new"].int == 3 && taken["quarantined"].int == 0)
    let refused = try report(store, "refused/holiday.txt")
    #expect(refused["refused"].isTrue && refused["reason"].text?.isEmpty == false)
    #expect(refused["reason_en"].text?.contains("unknown form") == true)
    #expect(names(store) == [".form.xml.part", "done", "refused"])

    // The same name again, with one record more.
    _ = try store.write("inbox/form.xml", WebForm.document(records + [WebForm(id: "W-4", content: "滨湖公园缺一张长椅")]))
    #expect(command.runs { names(store, "done").contains("form-2.xml") })
    let again = try report(store, "done/form-2.xml")
    #expect(again["unchanged"].int == 3 && again["new"].int == 1)
    try end(command)
    #expect(try store.counts()["submissions"].int == 4)
    try store.isSound()
  }

  /// Ended between taking a file in and moving it away: the next one moves it, and nothing comes twice.
  @Test func goesOnWhereItWasEnded() throws {
    let store = try store()
    let path = try store.write("inbox/form.jsonl", WebForm.lines(records))
    try store.ingest([path])
    let command = try serve(store)
    #expect(command.runs { names(store, "done").contains("form.jsonl") })
    #expect(try report(store, "done/form.jsonl")["unchanged"].int == 3)
    try end(command)
    #expect(names(store) == ["done", "refused"])
    #expect(try store.counts()["submissions"].int == 3)
    try store.isSound()
  }

  @Test func takesNoFolderThatIsNotThere() throws {
    let store = try store()
    for option in ["--watch", "--photos"] {
      let run = try store.run("serve", "--port", "0", option, store.folder.path("nowhere"))
      #expect(run.ending == .exited(2) && run.errors.contains("nowhere"), "\(option)")
    }
  }

  /// The console's own pass and several of the command line at once: each reminder once.
  @Test func remindsOnceWhoeverElseDoes() throws {
    let store = try store()
    try store.ingest([PackageRoot.path + "/fixtures/inbox"], exit: 1, timeout: 300)
    _ = try store.write("inbox/holiday.txt", "no form at all\n")
    let command = try serve(store)
    let chases = try (0..<3).map { _ in try RunningCommand(store.arguments(["chase", "--json"])) }
    for chase in chases {
      let run = try chase.end()
      #expect(run.ending == .exited(0), "\(run.errors)")
    }
    // By then its workers are at work, and it hears when it is told to end.
    #expect(command.runs { names(store, "refused").contains("holiday.txt") })
    try end(command)
    let after = try JSONValue(try store.run("chase", "--json").standardOutput)
    #expect(after["steps"].list.isEmpty && after["woken"].list.isEmpty)
    try store.isSound()
  }
}
