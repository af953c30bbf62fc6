import Intake
import Suggestions
import Testing

@Suite struct JSONReadingTests {
  static let form = #"""
    {"platform":"德智汇","exported":"2025-07-31","suggestions":[
      {"id":"DZH-1","title":"加宽车棚","content":"安福驿站\r\n门口\u3000","category":"金点子","likes":3,
       "submitted_at":"2025-07-14T09:12:00+08:00","contact":{"name":"张三","phone":"138"},
       "attachments":["a.jpg","b\u002ejpg"]},
      {"id":"DZH-2","content":"","submitted_at":"2025-07-14T09:12:00+08:00"},
      {"id":"DZH-3","content":"x","submitted_at":"yesterday"},
      {"id":4,"content":"\u00a0 纯文本　","submitted_at":null,"address":{"a":1}},
      {"id":5,"content":"x","id":6},
      {"id":"DZH-7","content":"好"}
    ],"after":{"a":[1,2]}}
    """#

  @Test(arguments: [1, 7, 64, 4096])
  func wrappedArray(chunk: Int) throws {
    let reading = try Reading.of(Self.form, "dezhihui-json", chunk: chunk)
    #expect(reading == (try Reading.of(Self.form, "dezhihui-json")))
    #expect(reading.records.map(\.ordinal) == [1, 6])
    #expect(reading[0, "id"] == "DZH-1")
    #expect(reading[0, "body"] == "安福驿站\n门口")
    #expect(reading[0, "kind"] == "idea")
    #expect(reading[0, "writer"] == "张三")
    #expect(reading[0, "attachments"] == "a.jpg\nb.jpg")
    #expect(reading[0, "likes"] == "3")
    #expect(reading[0, "channel"] == "web-form")
    #expect(reading.records[0].submittedAt == 1_752_455_520)
    #expect(reading.records[0].line == 2)
    #expect(reading.records[0].received.hasPrefix(#"{"id":"DZH-1""#))
    #expect(reading.records[0].received.hasSuffix("}"))
    #expect(
      reading.faults.map(\.reason) == [
        .missingField("body"),
        .unreadableField(
          "submitted_at",
          expected: "yyyy-MM-dd'T'HH:mm:ssXXX, yyyy-MM-dd'T'HH:mm:ss, yyyy-MM-dd HH:mm:ss, yyyy/M/d H:m:s"),
        .unreadableField("address", expected: "text"), .duplicateKey("id"),
      ])
    #expect(reading.faults.map(\.faultLine) == [5, 6, 7, 8])
    #expect(reading.faults[3].faultColumn == 25)
    #expect(!reading.isRefused)
    #expect(reading.seen == 6)
    #expect(reading.endOffset == Self.form.utf8.count)
  }

  @Test(arguments: [1, 7, 4096])
  func linesGoOnAfterAFault(chunk: Int) throws {
    var bytes = Array("\u{FEFF}{\"id\":1,\"text\":\"一\"}\r\n\n{\"id\":2,\"text\":\"二\"\n".utf8)
    bytes += Array("{\"id\":3,\"text\":\"".utf8) + [0xE4, 0xB8] + Array("\"}\n{\"id\":4,\"text\":\"a".utf8) + [0]
    bytes += Array("\"}\n  {\"id\":5,\"text\":\"五\"}  \n[1]\n{\"id\":6,\"text\":\"六\"}".utf8)
    let reading = Reading.of(bytes, try Shipped.profile("work-group"), chunk: chunk)
    #expect(reading.records.map { $0.fields["id"] } == ["1", "5", "6"])
    #expect(reading.records.map(\.ordinal) == [1, 5, 7])
    #expect(reading.records.map(\.line) == [1, 6, 8])
    #expect(reading.records[0].offset == 3)
    #expect(reading.records[0].received == #"{"id":1,"text":"一"}"#)
    #expect(
      reading.faults.map(\.reason) == [
        .syntax(expected: "comma or closing brace"), .invalidUTF8, .nulCharacter, .syntax(expected: "object"),
      ])
    #expect(reading.faults[0].faultColumn == 19)
    #expect(reading.endOffset == bytes.count)
  }

  @Test(arguments: [1, 7, 4096])
  func arrayEndsAtAFault(chunk: Int) throws {
    let good = #"{"id":"1","text":"一"}"#
    let text = "[\(good),\n\(good),\n{\"id\":\"3\",\"text\":}, \(good)]"
    let reading = try Reading.of(text, "civic-messages", chunk: chunk)
    #expect(reading.records.count == 2)
    #expect(reading.isRefused)
    #expect(reading.seen == 3)
    let fault = try #require(reading.faults.first)
    #expect(reading.faults.count == 1)
    #expect(fault.reason == .syntax(expected: "value"))
    #expect((fault.faultLine, fault.faultColumn) == (3, 18))
    #expect(String(decoding: fault.bytes, as: UTF8.self) == "{\"id\":\"3\",\"text\":}, \(good)]")
    #expect(fault.offset + fault.total == text.utf8.count)
    #expect(reading.endOffset == 1 + good.utf8.count + 2 + good.utf8.count)
  }

  @Test(arguments: [
    (#"[{"id":"1","text":"一"},]"#, "value or"), (#"[{"id":"1","text":"一"}"#, "comma or closing bracket"),
    (#"[{"id":"1","text":"一"} {}]"#, "comma or closing bracket"),
    (#"[{"id":"1","text":"一"}] x"#, "end of document"), (#"[{"id":"1","text":"一"},{"id""#, "colon"),
  ])
  func brokenArrays(text: String, expected: String) throws {
    for chunk in [1, 5, 1000] {
      let reading = try Reading.of(text, "civic-messages", chunk: chunk)
      #expect(reading.records.count == 1)
      #expect(reading.isRefused)
      #expect(reading.faults.count == 1)
      guard case .syntax = reading.faults.first?.reason else {
        Issue.record("\(reading.faults)" as Comment)
        continue
      }
    }
  }

  @Test(arguments: [
    "{\"id\":\"1\",\"text\":\"一\"}", "{\n  \"id\": \"1\",\n  \"text\": \"一\"\n}\n", "[{\"id\":\"1\",\"text\":\"一\"}]",
    "\n\n[\n  {\n    \"id\": \"1\",\n    \"text\": \"一\"\n  }\n]\n",
  ])
  func oneRecordInAnyLayout(text: String) throws {
    for chunk in [1, 3, 1000] {
      let reading = try Reading.of(text, "civic-messages", chunk: chunk)
      #expect(reading.records.count == 1)
      #expect(reading.faults.isEmpty)
      #expect(reading[0, "body"] == "一")
    }
  }

  @Test(arguments: [
    "{\"id\":\"0\",\"text\":\"cut\n{\"id\":\"1\",\"text\":\"一\"}\n", "{\"id\":\"0\",\n{\"id\":\"1\",\"text\":\"一\"}\n",
    "garbage\n{\"id\":\"1\",\"text\":\"一\"}\n",
  ])
  func firstLineBroken(text: String) throws {
    for chunk in [1, 3, 1000] {
      let reading = try Reading.of(text, "civic-messages", chunk: chunk)
      #expect(reading.records.map(\.ordinal) == [2])
      #expect(reading.faults.map(\.ordinal) == [1])
    }
  }

  @Test func documentWithoutRecordsIsNoSuccess() throws {
    let yaml = Array(
      "profile: p\ntitle: t\ntitle_en: t\nformat: json\nsource: s\nrecords: data.list\nfields: {id: id}\n".utf8)
    let profile = try FormProfile(yaml: yaml, file: "p.yaml")
    let empty = Reading.of(Array(#"{"other":[{"id":1}]}"#.utf8), profile)
    #expect(empty.faults.map(\.reason) == [.syntax(expected: "array data.list")])
    let full = Reading.of(Array(#"{"a":0,"data":{"n":1,"list":[{"id":1},{"id":2}]}}"#.utf8), profile)
    #expect(full.records.count == 2)
    let twice = Reading.of(Array(#"{"a":0,"data":{"list":[{"id":1}]},"a":1}"#.utf8), profile)
    #expect(twice.records.count == 1)
    #expect(twice.faults.map(\.reason) == [.duplicateKey("a")])
  }

  @Test func unsupportedEncoding() throws {
    let utf16 = Array("[{}]".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    for bytes in [[0xFF, 0xFE] + utf16, utf16] {
      let reading = Reading.of(bytes, try Shipped.profile("civic-messages"))
      #expect(reading.faults.map(\.reason) == [.unsupportedEncoding("UTF-16")])
      #expect(reading.faults.first?.total == bytes.count)
    }
  }

  @Test func limits() throws {
    var limits = IntakeLimits.standard
    limits.recordBytes = 100
    limits.fieldBytes = 20
    let long = String(repeating: "长", count: 60)
    let text = ["一", long, "123456789012345678901", "四"].enumerated()
      .map { "{\"id\":\"\($0 + 1)\",\"text\":\"\($1)\"}" }.joined(separator: "\n")
    for chunk in [1, 7, 1000] {
      let reading = try Reading.of(text, "civic-messages", chunk: chunk, limits: limits)
      #expect(reading.records.map(\.ordinal) == [1, 4])
      #expect(
        reading.faults.map(\.reason) == [
          .limitExceeded(name: "record bytes", limit: 100), .limitExceeded(name: "field bytes", limit: 20),
        ])
      #expect(reading.faults.first?.total == 18 + 180 + 2)
    }
    let array = "[" + text.split(separator: "\n").joined(separator: ",\n") + "]"
    for chunk in [1, 7, 1000] {
      let reading = try Reading.of(array, "civic-messages", chunk: chunk, limits: limits)
      #expect(reading.records.count == 1)
      #expect(reading.faults.map(\.reason) == [.limitExceeded(name: "record bytes", limit: 100)])
      #expect(reading.faults.first.map { $0.offset + $0.total } == array.utf8.count)
    }
  }

  /// Arrays inside arrays, keys twice and escapes are where joined texts might outgrow their room.
  @Test func joinedTexts() throws {
    let piece = String(repeating: "\\u0041", count: 300)
    let nested = String(repeating: #"["\#(piece)",{"\u0061":"\#(piece)"},"\#(piece)",null,1,true]"#, count: 1)
    let text = #"{"id":1,"content":"x","attachments":\#(nested),"attachments":["\#(piece)","b"]}"#
    let reading = try Reading.of(text, "dezhihui-json")
    #expect(reading.faults.map(\.reason) == [.duplicateKey("attachments")])
    let plain = try Reading.of(
      #"{"id":1,"content":"x","attachments":["a","\u0062","c","d\n",null,7,"\u0065"]}"#, "dezhihui-json")
    #expect(plain[0, "attachments"] == "a\nb\nc\nd\n\n7\ne")
  }
}
