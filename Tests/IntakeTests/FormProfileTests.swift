import Intake
import Suggestions
import Testing

@Suite struct FormProfileTests {
  @Test(arguments: Shipped.names)
  func shippedProfileIsSound(name: String) throws {
    #expect(try Shipped.profile(name).name == name)
  }

  @Test func bothEncodingsOfOneFormMapTheSameFields() throws {
    let xml = try Shipped.profile("dezhihui-xml")
    let json = try Shipped.profile("dezhihui-json")
    #expect(xml.source == json.source)
    #expect(xml.mappings.map(\.field) == json.mappings.map(\.field))
    #expect(xml.volatile == json.volatile)
    #expect(xml.mappings.map { $0.values.map(\.stored) } == json.mappings.map { $0.values.map(\.stored) })
  }

  @Test func everythingWrongIsReportedAtOnce() {
    let yaml = """
      profile: other
      title: 表单
      format: json
      source: x
      fields:
        id: id
        colour: c
        body: a..b
      dates: ["yyyy-MM-dd", "yyyy-QQ"]
      zone: Mars/Base
      required: [id, phone]
      wish: 1
      """
    let fault = #expect(throws: ProfileFault.self) { try FormProfile(yaml: Array(yaml.utf8), file: "form.yaml") }
    let facts = fault?.problems.map { "\($0.line) \($0.code) \($0.detail)" } ?? []
    #expect(
      facts == [
        "1 missing-key title_en", "1 name-differs-from-file other / form.yaml", "7 unknown-field colour",
        "8 unreadable-path body: a..b", "9 unreadable-date-pattern yyyy-QQ", "10 unknown-zone Mars/Base",
        "11 unmapped-field required: phone", "12 unknown-key wish",
      ])
  }

  @Test(arguments: [
    ("profile: [", "not-yaml"), ("", "missing-key"), ("- a", "wrong-type"),
    ("profile: a\nprofile: b", "repeated-key"), ("profile: a\nformat: csv", "unknown-format"),
  ])
  func unusableText(yaml: String, code: String) {
    let fault = #expect(throws: ProfileFault.self) { try FormProfile(yaml: Array(yaml.utf8), file: "a.yaml") }
    #expect(fault?.problems.contains { $0.code == code } == true)
  }
}
