import Foundation
import Intake
import Pipeline
import Rules
import Store
import TestSupport
import Testing
import Text

/// Runs of the pipeline on one store, opened anew for each run as a new process would.
struct Intakes {
  static let book = Result { try RuleBook(files: ruleFiles()) }
  static let profiles = Result { try readProfiles() }

  let folder: TemporaryFolder
  private var path: String { folder.path("store.db") }

  init() throws { folder = try TemporaryFolder() }

  /// One run over texts, each as a file of the named form.
  ///
  /// - Parameters:
  ///   - book: judges them; the shipped one unless it is given.
  ///   - kept: a store that is open already and stays open; else one is opened for this run.
  @discardableResult
  func run(
    _ files: [(form: String, text: String)], threads: Int = 2, isDryRun: Bool = false, by book: RuleBook? = nil,
    on kept: SuggestionStore? = nil
  ) throws -> IntakeReport {
    let profiles = try Intakes.profiles.get()
    let inputs = try files.enumerated().map { number, file in
      let name = folder.path("\(number).input")
      try Data(file.text.utf8).write(to: URL(fileURLWithPath: name))
      guard let profile = profiles.first(where: { $0.name == file.form }) else { throw Fault.noProfile(file.form) }
      return IntakeFile(name: "\(number)", path: name, profile: profile, size: file.text.utf8.count)
    }
    var plan = IntakePlan(
      files: inputs, book: try book ?? Intakes.book.get(), source: nil, threads: threads, startedAt: 1_751_328_000,
      command: "test")
    plan.isDryRun = isDryRun
    let store = try kept ?? open()
    let report = try IntakeRun(plan, store: store).run()
    if kept == nil { try store.close() }
    return report
  }

  func open() throws -> SuggestionStore { try SuggestionStore(url: path, access: .create, folding: Folding.version) }

  func canonical() throws -> [UInt8] {
    let store = try SuggestionStore(url: path, access: .existing, folding: Folding.version)
    var bytes: [UInt8] = []
    try store.exportCanonical(names: CodeNames(tiers: [], cuts: [:])) { bytes += $0 }
    try store.close()
    return bytes
  }

  /// Gives all submissions sketches as an earlier program stored them: 80 bytes that mean nothing to this one.
  func ageSketches() throws {
    let store = try SuggestionStore(url: path, access: .existing, folding: Folding.version)
    try store.write { session throws(StoreFault) in
      try session.execute("UPDATE submission SET sketch = zeroblob(80)")
    }
    try store.close()
  }

  func isSound() throws -> Bool {
    let store = try SuggestionStore(url: path, access: .existing, folding: Folding.version)
    let report = try store.verify()
    try store.close()
    #expect(report.faults == [])
    return report.isSound
  }

  enum Fault: Error { case noProfile(String) }

  /// The small book of the fixtures, which is quick to load and has few codes.
  static func smallBook() throws -> RuleBook {
    let start = PackageRoot.path + "/fixtures/rules/sample/"
    return try RuleBook(
      files: PackageRoot.files(below: "fixtures/rules/sample").filter { $0.hasSuffix(".yaml") }.map {
        try RuleFile(path: String($0.dropFirst(start.count)), bytes: PackageRoot.bytes($0))
      })
  }

  private static func ruleFiles() throws -> [RuleFile] {
    try ["", "keywords/"].flatMap { folder in
      try names(in: "rules/" + folder).map { name in
        RuleFile(path: folder + name, bytes: try PackageRoot.bytes("rules/\(folder)\(name)"))
      }
    }
  }

  private static func readProfiles() throws -> [FormProfile] {
    try names(in: "rules/profiles").map { name in
      try FormProfile(yaml: try PackageRoot.bytes("rules/profiles/\(name)"), file: name)
    }
  }

  private static func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: PackageRoot.path + "/" + folder)
      .filter { $0.hasSuffix(".yaml") }.sorted()
  }
}

/// A message of a work group as its bot writes it.
struct GroupMessage {
  var id: String
  var text: String
  var sender = "甲"
  var place = ""

  var line: String {
    """
    {"id":"\(id)","text":"\(text)","time":"2025-06-01T10:00:00+08:00","sender":"\(sender)","district":"鼎城区",\
    "place":"\(place)"}

    """
  }

  static func file(_ messages: [GroupMessage]) -> (form: String, text: String) {
    (form: "work-group", text: messages.map(\.line).joined())
  }
}
