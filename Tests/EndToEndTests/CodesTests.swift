import Foundation
import TestSupport
import Testing

/// Every stable code of the casework has its words, and so has whatever else the history of a suggestion tells. The
/// program writes most of them with switches over all cases, so that a new code without words does not compile; here is
/// what the compiler cannot see.
struct CodesTests {
  /// How many codes each family has at least; one that shrinks has lost its list.
  static let families: [(String, Int)] = [
    ("action", 46), ("history", 10), ("role", 11), ("need", 16), ("condition", 25), ("rejection", 11),
    ("outcome", 4), ("escalation", 2), ("refusal", 8), ("clock", 7), ("status", 8), ("span", 9), ("moment", 13),
    ("pause", 2), ("begin", 4), ("end", 3), ("unit", 6), ("recipient", 5), ("reminder", 3),
  ]

  private static func isChinese(_ text: String) -> Bool {
    text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
  }

  @Test func everyCodeHasItsWords() throws {
    let run = try CommandRun.of(["rules", "codes", "--json"])
    #expect(run.ending == .exited(0), "\(run.errors)")
    let report = try JSONValue(run.standardOutput)
    #expect(report.keys == Set(Self.families.map(\.0)))
    for (family, count) in Self.families {
      let codes = report[family].list
      #expect(codes.count >= count, "\(family)")
      #expect(Set(codes.compactMap { $0["code"].text }).count == codes.count, "\(family)")
      for code in codes {
        let (zh, en) = (code["zh"].text ?? "", code["en"].text ?? "")
        #expect(Self.isChinese(zh), "\(family) \(code)")
        #expect(!en.isEmpty && !Self.isChinese(en), "\(family) \(code)")
      }
      // Two codes that read alike would be one to whoever reads them.
      for language in ["zh", "en"] {
        #expect(Set(codes.compactMap { $0[language].text }).count == codes.count, "\(family) \(language)")
      }
    }
  }

  @Test func peopleReadThemInTheirLanguage() throws {
    let chinese = try CommandRun.of(["rules", "codes"]).output
    let english = try CommandRun.of(["rules", "codes", "--language", "en"]).output
    for line in ["clock  时限", "  return  退单时限", "  return  退单", "  A  已解决"] { #expect(chinese.contains(line)) }
    for line in ["clock  clocks", "  return  return window", "  A  solved"] { #expect(english.contains(line)) }
    #expect(!Self.isChinese(english))
  }
}
