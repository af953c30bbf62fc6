import TestSupport
import Testing

import Casework

/// `rules/answers.yaml`, and what is said when it is wrong.
struct AnswerGateReadingTests {
  private func problems(_ text: String) -> [String] {
    do throws(SettingFault) {
      _ = try AnswerGateWords(yaml: Array(text.utf8), file: "answers.yaml")
      return []
    } catch {
      return error.problems.map { "\($0.line) \($0.code) \($0.detail)" }
    }
  }

  private static let shipped = (try? PackageRoot.bytes("rules/answers.yaml")).map {
    String(decoding: $0, as: UTF8.self)
  }

  @Test func theShippedFileIsRight() throws { #expect(problems(try #require(Self.shipped)).isEmpty) }

  @Test func everyFaultAtOnce() throws {
    let text = try #require(Self.shipped)
    #expect(problems(text.replacing("\ngreetings:", with: "\ngreeting:")).map { $0.drop { $0 != " " } } == [
      " missing-key greetings", " unknown-key greeting",
    ])
    let worse = text.replacing("empty: 4", with: "empty: 0").replacing("areas: [街道, 镇", with: "areas: [镇, 镇")
      .replacing("  above: 市县区省州旗", with: "  above: \"\"")
      .replacing("promises: [\n", with: "promises: [\n  \(String(repeating: "很", count: 30)),\n")
    #expect(problems(worse).map { String($0.drop { $0 != " " }.dropFirst().prefix(30)) }.sorted() == [
      "out-of-range empty: 0", "out-of-range promises: 很很很很很很很", "repeated-name areas: 镇", "wrong-type above: text",
    ])
  }
}
