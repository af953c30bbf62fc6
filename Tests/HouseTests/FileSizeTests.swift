import Testing

/// Files a reader can hold in the head.
struct FileSizeTests {
  static let most = 450

  /// Files that may be longer, each with its reason.
  static let excepted = [
    "Sources/Text/TraditionalSimplified.swift": "a table"
  ]

  @Test func noFileIsLongerThanAReaderCanHold() {
    for file in NamesTests.files where FileSizeTests.excepted[file.path] == nil {
      #expect(file.lines.count <= FileSizeTests.most, "\(file.path) has \(file.lines.count) lines")
    }
  }

  @Test func exceptionsAreFilesThatExist() {
    for path in FileSizeTests.excepted.keys { #expect(NamesTests.files.contains { $0.path == path }, "\(path)") }
  }
}
