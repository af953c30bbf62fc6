import Intake
import Testing

/// What the wizard for form profiles sees in a sample.
struct SampleSurveyTests {
  private func survey(_ text: String) throws -> SampleSurvey { try #require(SampleSurvey(Array(text.utf8))) }

  private func columns(_ survey: SampleSurvey, at place: String) -> [String: [String]] {
    Dictionary(uniqueKeysWithValues: survey.columns(at: place).map { ($0.path, $0.values) })
  }

  @Test func elementsOfXML() throws {
    let sample = try survey(
      """
      <?xml version="1.0"?><export xmlns:x="urn:x"><head><who>a</who></head><rows>
      <x:row nr="1"><text>路灯 &amp; 井盖</text><by><tel>13800000000</tel></by></x:row>
      <x:row nr="2"><text><![CDATA[树倒了]]></text></x:row></rows></export>
      """)
    #expect(sample.format == .xml)
    #expect(sample.places.first?.path == "/export/rows/row" && sample.places.first?.records == 2)
    #expect(
      columns(sample, at: "/export/rows/row") == [
        "@nr": ["1", "2"], "text": ["路灯 & 井盖", "树倒了"], "by/tel": ["13800000000"],
      ])
    #expect(columns(sample, at: "/export/head") == ["who": ["a"]])
  }

  @Test func objectsOfJSON() throws {
    let wrapped = try survey("{\"total\": 2,\n\"data\": {\"items\": [\n{\"id\": 1, \"a\": {\"b\": \"x\"}},\n{\"id\": 2}\n]}}")
    #expect(wrapped.format == .json)
    #expect(wrapped.places.map(\.path) == ["data.items", ""])
    #expect(columns(wrapped, at: "data.items") == ["id": ["1", "2"], "a.b": ["x"]])
    let lines = try survey("\u{FEFF}{\"id\": 1}\n{\"id\": 2, \"t\": \"y\"}\n")
    #expect(lines.places.map(\.path) == [""] && lines.places.map(\.records) == [2])
    #expect(columns(lines, at: "") == ["id": ["1", "2"], "t": ["y"]])
    #expect(try survey("[{\"id\": 1}, {\"id\": 3}]").places.map(\.records) == [2])
    #expect(try survey("{\"id\": 7}").columns(at: "").map(\.values) == [["7"]])
  }

  /// More values than there are standard fields.
  @Test func wideRecords() throws {
    let members = (0..<60).map { "\"k\($0)\": \"v\($0)\"" }.joined(separator: ", ")
    let found = columns(try survey("[{\(members)}]"), at: "")
    #expect(found.count == 60)
    #expect(found.allSatisfy { $0.value == ["v" + $0.key.dropFirst()] })
  }

  @Test(arguments: ["", "   ", "a;b;c\n1;2;3\n", "民意征集本 v1\n", "[1, 2]", "<"]) func whatShowsNoRecords(_ text: String) {
    #expect(SampleSurvey(Array(text.utf8)) == nil)
  }

  @Test func datesAreRecognised() {
    #expect(SampleSurvey.datePatterns(reading: ["2025-06-01 10:00:00"]) == ["yyyy-MM-dd HH:mm:ss"])
    #expect(SampleSurvey.datePatterns(reading: ["2025/6/1 9:05:00", "2025/12/31 23:59:59"]) == ["yyyy/M/d H:m:s"])
    #expect(SampleSurvey.datePatterns(reading: ["2025-06-01T10:00:00+08:00"]) == ["yyyy-MM-dd'T'HH:mm:ssXXX"])
    #expect(SampleSurvey.datePatterns(reading: ["2025-06-01", "昨天"]).isEmpty)
    #expect(SampleSurvey.datePatterns(reading: []).isEmpty)
  }
}
