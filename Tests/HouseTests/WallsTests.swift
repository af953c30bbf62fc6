import TestSupport
import Testing

/// Who may see whom. The compiler lets an undeclared import pass when the module happens to be built already.
struct WallsTests {
  /// What a room may import from this package. A room that is not listed does not exist.
  static let siblings: [String: Set<String>] = [
    "Suggestions": [],
    "Text": [],
    "Matching": [],
    "Rules": ["Suggestions", "Text", "Matching"],
    "Intake": ["Suggestions", "Text"],
    "Casework": ["Suggestions", "Text"],
    "Publishing": ["Suggestions", "Text"],
    "Stages": ["Suggestions", "Text", "Rules"],
    "Store": ["Suggestions", "Casework", "Publishing"],
    "Delivery": ["Suggestions"],
    "Printing": ["Suggestions", "Text", "Publishing"],
    "Pipeline": ["Suggestions", "Text", "Rules", "Intake", "Stages", "Store"],
    "Evaluation": ["Suggestions", "Text", "Rules", "Stages"],
    "Console": ["Suggestions", "Text", "Casework", "Publishing", "Store"],
    "golden-ideas": [
      "Suggestions", "Text", "Matching", "Rules", "Intake", "Casework", "Publishing", "Stages", "Store", "Delivery",
      "Printing", "Pipeline", "Evaluation", "Console",
    ],
  ]

  /// Libraries that are some rooms' business alone; an empty list means nobody's.
  static let libraries: [String: Set<String>] = [
    "CCurl": ["Delivery"],
    "CLibXML2": ["Intake"],
    "CUTF8Proc": ["Text"],
    "CZstandard": ["Store"],
    "CZlib": ["Console"],
    "CSQLiteSetup": ["Store"],
    "CMalloc": ["Pipeline"],
    "CSketch": ["Text", "Stages"],
    "CQREncode": ["golden-ideas"],
    "CXLSXWriter": ["Printing"],
    "CLibZip": ["Printing"],
    "GRDB": ["Store"],
    "GRDBSQLite": ["Store"],
    "SQLite3": [],
    "Yams": ["Rules", "Intake", "Casework", "Publishing"],
    "Crypto": ["Publishing", "Stages", "Store", "Delivery", "Pipeline"],
    "CryptoExtras": ["Store"],
    "ArgumentParser": ["golden-ideas"],
    "Hummingbird": ["Console"],
    "HummingbirdCore": ["Console"],
    "HummingbirdTLS": ["Console"],
    "HTTPTypes": ["Console"],
    "Logging": ["Console"],
    "Mustache": ["Console", "Publishing"],
    "NIOCore": ["Console"],
    "NIOSSL": ["Console"],
    "FoundationXML": [],
    "FoundationNetworking": [],
  ]

  /// What every room may import beside its siblings and its libraries.
  static let open: Set<String> = ["Foundation", "Glibc", "Darwin", "Musl", "Dispatch", "Synchronization"]

  /// Rooms that have no clock, disk, network or locale: they may not even import what has them.
  static let pure: Set<String> = ["Suggestions", "Matching", "Rules", "Stages", "Casework", "Publishing"]

  @Test func everyFolderOfSourcesIsARoom() {
    let folders = Set(SourceFile.all(below: "Sources").map(\.room))
    let unknown = folders.subtracting(WallsTests.siblings.keys).sorted()
    #expect(unknown.isEmpty)
    #expect(folders.contains("Stages"))
  }

  @Test(arguments: siblings.keys.sorted()) func importsOnlyWhatItMay(_ room: String) {
    let mayImport = WallsTests.siblings[room] ?? []
    for file in SourceFile.all(below: "Sources/\(room)") {
      for (module, line) in file.imports where !WallsTests.open.contains(module) {
        if let rooms = WallsTests.libraries[module] {
          #expect(rooms.contains(room), "\(file.path):\(line) imports \(module)")
        } else {
          #expect(mayImport.contains(module), "\(file.path):\(line) imports \(module)")
        }
      }
    }
  }

  @Test func nobodyImportsTheCompositionRoot() {
    for file in SourceFile.all(below: "Sources") {
      #expect(!file.imports.contains { $0.module == "golden_ideas" }, "\(file.path)")
    }
  }

  @Test(arguments: pure.sorted()) func pureRoomsImportNoWorld(_ room: String) {
    for file in SourceFile.all(below: "Sources/\(room)") {
      for (module, line) in file.imports {
        #expect(!WallsTests.open.contains(module), "\(file.path):\(line) imports \(module)")
      }
    }
  }

  /// The manifest declares no more than the table allows.
  @Test func theManifestAgrees() {
    let manifest = SourceFile.text(of: "Package.swift")
    let starts = manifest.ranges(of: "room(").map(\.upperBound)
    for start in starts {
      let call = manifest[start...].prefix { $0 != ")" }
      let quoted = call.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 1 }.map { String($0.element) }
      guard let room = quoted.first, let mayImport = WallsTests.siblings[room] else { continue }
      for module in quoted.dropFirst() where WallsTests.siblings[module] != nil {
        #expect(mayImport.contains(module), "\(room) declares \(module)")
      }
    }
  }

  @Test func importLinesAreRead() {
    let file = SourceFile(
      path: "Sources/Text/A.swift",
      lines: [
        "import Yams", "internal import CUTF8Proc", "  package import Rules // why", "@preconcurrency import GRDB",
        "private import struct Foundation.Date", "// import Nothing", "let important = 1",
        "@_exported public import Stages",
      ])
    #expect(file.imports.map(\.module) == ["Yams", "CUTF8Proc", "Rules", "GRDB", "Foundation", "Stages"])
    #expect(file.imports.map(\.line) == [1, 2, 3, 4, 5, 8])
    #expect(file.room == "Text")
    #expect(file.name == "A.swift")
  }
}
