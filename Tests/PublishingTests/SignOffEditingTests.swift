import Publishing
import Testing

/// What an editor changed, as bytes: how two versions differ, and what an erasure takes.
@Suite struct SignOffEditingTests {
  static let text = #"""
    {"title":"七月","number":null,"foreword":"第一行\n“引”\\ \"话\"","pins":[12,3],"drops":[],"order":[],\#
    "rewrites":{"3":{"title":null,"text":"路灯亮了"},"12":{"title":"井盖","text":null}},\#
    "calls":["充电","停车"],"standings":false}
    """#

  private func editing(_ text: String) throws -> SignOffEditing { try #require(SignOffEditing(Array(text.utf8))) }

  @Test func canonicalBytesStayCanonical() throws {
    #expect(String(decoding: try editing(Self.text).bytes, as: UTF8.self) == Self.text)
    #expect(try editing(#" { "a" : [ ] , "b":{} } "#).bytes == Array(#"{"a":[],"b":{}}"#.utf8))
    #expect(try editing(#"{"a":"\u4e95\ud83d\ude80\/"}"#).bytes == Array(#"{"a":"井🚀/"}"#.utf8))
  }

  @Test(arguments: [
    "", "[]", "1", "{", "{\"a\":1", "{\"a\"}", "{\"a\":1.5}", "{\"a\":01}", "{\"a\":1,}", "{\"a\":1}x",
    "{\"a\":1,\"a\":2}",
    "{\"a\":\"\\ud83d\"}", "{\"a\":\"\\u+123\"}", "{\"a\":\"\n\"}", "{\"a\":nil}",
    String(repeating: "{\"a\":", count: 40) + "1" + String(repeating: "}", count: 40),
  ])
  func whatIsNoEditingIsRefused(_ text: String) { #expect(SignOffEditing(Array(text.utf8)) == nil) }

  @Test func rewritingsOfACaseGo() throws {
    var editing = try editing(Self.text)
    #expect(editing.rewritten == [3, 12])
    editing.forget([12, 99])
    #expect(editing.rewritten == [3])
    let left = String(decoding: editing.bytes, as: UTF8.self)
    #expect(!left.contains("井盖") && left.contains("路灯亮了") && left.contains(#""pins":[12,3]"#))
  }

  @Test func differencesAreToldByPath() throws {
    let before = try editing(Self.text)
    let after = try editing(
      Self.text.replacing("[12,3]", with: "[3,12]").replacing(#""text":"路灯亮了""#, with: #""text":"路灯又亮了""#)
        .replacing(#"["充电","停车"]"#, with: #"["充电"]"#).replacing(#""number":null"#, with: #""number":"第7期""#))
    #expect(
      before.differences(to: after) == [
        .init(path: "calls 2", before: "停车", after: nil), .init(path: "number", before: nil, after: "第7期"),
        .init(path: "pins", before: "12 3", after: "3 12"),
        .init(path: "rewrites 3 text", before: "路灯亮了", after: "路灯又亮了"),
      ])
    #expect(before.differences(to: before).isEmpty)
  }
}
