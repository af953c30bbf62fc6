import Intake
import Suggestions
import TestSupport
import Testing

@Suite struct JSONGrammarTests {
  @Test(.enabled(if: PackageRoot.shared != nil, "the shared data sets are not here"))
  func conformanceSuite() throws {
    let shared = try #require(PackageRoot.shared)
    let files = PackageRoot.files(below: shared + "/data/json_test_suite/test_parsing")
    var counts: [Character: Int] = [:]
    for file in files {
      let name = String(file.split(separator: "/").last ?? "")
      let fault = JSONGrammar.validate(try PackageRoot.bytes(file))
      guard let kind = name.first else { continue }
      counts[kind, default: 0] += 1
      if kind == "y" {
        // A key twice and U+0000 are well-formed JSON, and refused all the same.
        switch fault?.reason {
        case nil: break
        case .duplicateKey: #expect(name.contains("duplicated_key"), "\(name)")
        case .nulCharacter: #expect(name.contains("null"), "\(name)")
        default: Issue.record("\(name): \(fault?.reason.detail ?? "")" as Comment)
        }
      }
      if kind == "n" { #expect(fault != nil, "\(name)") }
    }
    #expect(counts["y"] ?? 0 > 90)
    #expect(counts["n"] ?? 0 > 180)
  }

  @Test(arguments: [
    (#"{"a":1,}"#, 7), (#"[1,]"#, 3), (#"[01]"#, 2), (#"[1.]"#, 3), (#"[1e]"#, 3), (#"["\x"]"#, 3),
    (#"["\ud800"]"#, 2), (#"["\udc00"]"#, 2), (#"["\ud800\u0041"]"#, 2), (#"{"a":1 "b":2}"#, 7), (#"["abc"#, 5),
    ("[\"a\tb\"]", 3), (#"{"a":1,"\u0061":2}"#, 7), (#"["\u0000"]"#, 2), ("tru", 0), ("", 0), ("[1] 2", 4),
  ])
  func faults(text: String, offset: Int) {
    #expect(JSONGrammar.validate(Array(text.utf8))?.offset == offset)
  }

  @Test func depth() {
    let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(JSONGrammar.validate(Array(deep.utf8)) == nil)
    let fault = JSONGrammar.validate(Array("[\(deep)]".utf8))
    #expect(fault?.reason == .limitExceeded(name: "depth", limit: 64))
  }

  /// Every place of a short text, cut, or with one byte changed, must be judged without a crash.
  @Test func brokenTexts() {
    let text = Array(#"{"a":[1,-2.5e+3,"\u4e2d\ud83d\ude00文😀\n"],"b":{"c":null,"d":true}}"#.utf8)
    #expect(JSONGrammar.validate(text) == nil)
    for end in 0..<text.count { #expect(JSONGrammar.validate(Array(text[..<end])) != nil) }
    for index in text.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = text
        changed[index] = byte
        _ = JSONGrammar.validate(changed)
      }
    }
  }

  @Test(arguments: [
    [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
    [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0x80], [0xE4, 0xB8], [0xFF],
  ] as [[UInt8]])
  func invalidUTF8(bytes: [UInt8]) {
    // In front of, between and behind what the fast paths read in one go.
    for before in ["", "abcdefgh", "中文", "中文字", "a中"] {
      for after in ["", "abcdefghijk", "中文中文"] {
        let text = Array("[\"\(before)".utf8) + bytes + Array("\(after)\"]".utf8)
        #expect(JSONGrammar.validate(text)?.reason == .invalidUTF8)
      }
    }
  }
}
